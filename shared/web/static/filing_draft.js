// What is being written stays on this device until it is sent, whatever becomes of the
// connection or the tab: for a week at most, never on a device that is shared, and nothing about
// an official, for whoever finds it there may be the one it is about.
{
  const NAME = "tanggap-draft";
  const WEEK = 7 * 24 * 3600 * 1000;
  const UNKEPT = new Set(["mark", "website", "language", "shared_device"]);
  const form = document.querySelector("form[data-draft]");
  const note = document.getElementById("draft");
  const offline = document.getElementById("offline");
  const { shared_device: shared, about_official: accusing } = form.elements;

  const forget = () => localStorage.removeItem(NAME);

  const keep = () => {
    if (shared.checked || accusing.checked) return forget();
    const fields = [...new FormData(form)].filter(([name, value]) => value && !UNKEPT.has(name));
    localStorage.setItem(NAME, JSON.stringify({ at: Date.now(), fields }));
  };

  const kept = () => {
    try {
      const { at, fields } = JSON.parse(localStorage.getItem(NAME));
      return Date.now() - at < WEEK ? fields : null;
    } catch {
      return null;
    }
  };

  const putBack = ([name, value]) => {
    const found = form.elements.namedItem(name);
    if (!found) return;
    if (found.type === "checkbox") found.checked = true;
    else found.value = value;
  };

  const startAnew = () => {
    forget();
    location.replace("/");
  };

  document.getElementById("device").hidden = false;
  const fields = form.dataset.draft ? null : kept();
  if (fields?.some(([name]) => name === "body")) {
    fields.forEach(putBack);
    form.querySelector("details").open = Boolean(form.elements.category.value || form.elements.agency.value);
    note.hidden = false;
    note.querySelector("button").addEventListener("click", startAnew);
  }
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    keep();
    offline.hidden = navigator.onLine;
    if (!navigator.onLine) event.preventDefault();
  });
  addEventListener("online", () => { offline.hidden = true; });
}
