// While one writes: what it seems to be about, what is quicker than a report, what to leave out.
{
  const box = document.getElementById("suggestions");
  const form = box.closest("form");
  const part = (name) => box.querySelector(`[data-part=${name}]`);
  const asked = ["body", "village", "category"];
  let waiting;

  const ask = async () => {
    const { mark, body, village, category } = form.elements;
    const draft = new URLSearchParams({
      mark: mark.value, text: body.value, village: village.value, category: category.value,
    });
    const answer = await fetch(box.dataset.from, { method: "POST", body: draft }).catch(() => null);
    if (answer?.ok) show(await answer.json());
  };

  const show = ({ categories, handled_by, advice, signs, home }) => {
    part("advice").hidden = !advice;
    part("advice").textContent = advice ?? "";
    part("signs").hidden = signs.length === 0;
    part("home").hidden = !home;
    box.querySelectorAll("[data-sign]").forEach((each) => {
      each.hidden = !signs.includes(each.dataset.sign);
    });
    part("categories").hidden = categories.length === 0;
    part("categories").querySelector(".row").replaceChildren(...categories.map(button));
    part("handled_by").hidden = handled_by.length === 0;
    part("handled_by").querySelector("b").textContent = handled_by.map(({ name }) => name).join(", ");
  };

  const button = ({ id, name }) => {
    const made = document.createElement("button");
    const chosen = form.elements.category.value === id;
    Object.assign(made, { type: "button", className: "button quiet", textContent: name });
    made.setAttribute("aria-pressed", chosen);
    made.addEventListener("click", () => {
      form.elements.category.value = chosen ? "" : id;
      form.elements.category.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return made;
  };

  form.addEventListener("input", ({ target }) => {
    if (!asked.includes(target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, target.name === "category" ? 0 : 600);
  });
  if (form.elements.body.value) ask();
}
