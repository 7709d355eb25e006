// A rectangle drawn on a picture becomes the four numbers beside it; without this, cells and numbers do.
{
  const stage = document.querySelector("[data-stage]");
  const form = stage?.closest("form");
  const SIDES = ["left", "top", "right", "bottom"];
  const MOVED = 6; // pixels: less is a click on a cell
  let start = null;
  let drawing = false;

  const cells = () => [...form.querySelectorAll(".ninths input")];

  const show = (sides) => {
    const [left, top, right, bottom] = sides.map((side) => Math.round(side * 10));
    const rect = stage.querySelector(".new");
    const known = sides.every(Number.isFinite) && right > left && bottom > top;
    const drawn = known ? { x: left, y: top, width: right - left, height: bottom - top } : { width: 0, height: 0 };
    for (const [name, value] of Object.entries(drawn)) rect.setAttribute(name, value);
  };

  const put = (sides) => {
    SIDES.forEach((name, n) => { form.elements[name].value = sides ? sides[n].toFixed(1) : ""; });
    show(sides ?? []);
  };

  const typed = () => SIDES.map((name) => Number.parseFloat(form.elements[name].value));

  // Where a pointer is, in percent of the picture.
  const at = ({ clientX, clientY }) => {
    const box = stage.getBoundingClientRect();
    const within = (part) => Math.min(100, Math.max(0, part * 100));
    return [within((clientX - box.left) / box.width), within((clientY - box.top) / box.height)];
  };

  const draw = (event) => {
    const [x, y] = at(event);
    const sides = [Math.min(start.x, x), Math.min(start.y, y), Math.max(start.x, x), Math.max(start.y, y)];
    for (const cell of cells()) cell.checked = false;
    put(sides);
  };

  const around = (ticked) => {
    const rows = ticked.map((n) => Math.floor(n / 3));
    const columns = ticked.map((n) => n % 3);
    const third = (n) => [0, 33.3, 66.7, 100][n];
    return [third(Math.min(...columns)), third(Math.min(...rows)), third(Math.max(...columns) + 1), third(Math.max(...rows) + 1)];
  };

  if (stage) {
    stage.classList.add("drawn");
    stage.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      const [x, y] = at(event);
      start = { x, y, clientX: event.clientX, clientY: event.clientY };
      drawing = false;
    });
    stage.addEventListener("pointermove", (event) => {
      if (!start) return;
      const far = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > MOVED;
      if (far && !drawing) stage.setPointerCapture(event.pointerId);
      drawing ||= far;
      if (drawing) draw(event);
    });
    for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => { start = null; });
    stage.addEventListener("dragstart", (event) => event.preventDefault());
    // The end of a stroke is no click on the cell below it; a click of the keyboard is one.
    stage.addEventListener("click", (event) => { if (drawing && event.detail) event.preventDefault(); }, true);
    stage.addEventListener("change", () => {
      const ticked = cells().flatMap((cell, n) => (cell.checked ? [n] : []));
      put(ticked.length ? around(ticked) : null);
    });
    for (const name of SIDES) form.elements[name].addEventListener("input", () => show(typed()));
    show(typed());
  }
}
