// The summary says which files will follow the report.

const note = document.getElementById("lampiran");
const { waiting } = await import(note.dataset.store);
const key = document.querySelector("form[data-sending] [name=idempotency_key]").value;
const found = (await waiting(true)).all().filter(({ of }) => of === `draft ${key}`);

note.hidden = found.length === 0;
note.querySelector("ul").append(...found.map(({ name }) => {
  const line = document.createElement("li");
  line.textContent = name;
  return line;
}));
