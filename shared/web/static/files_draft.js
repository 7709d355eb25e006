// Photos and documents of a report that is being written. They live as long as its draft does, and
// wait on this device; the receipt's page sends them.

const template = document.querySelector("template[data-line]");
const field = document.getElementById("lampiran");
const later = document.getElementById("lampiran-nanti");
const list = field.querySelector("[data-list]");
const form = field.closest("form");
const { anonymous, secret, about_official: accusing, shared_device: shared } = form.elements;
const [{ waiting }, { Line, typeOf, why }] = await Promise.all([
  import(template.dataset.store), import(template.dataset.list),
]);
const files = await waiting(true);
const lines = new Map();

const mayKeep = () => !shared.checked && !accusing.checked;
const isOpen = () => !anonymous.checked && !secret.checked && !accusing.checked;
const drafts = () => files.all().filter(({ of }) => of.startsWith("draft "));
const mine = () => `draft ${form.elements.idempotency_key.value}`;

function remove(file) {
  lines.get(file.id)?.remove();
  lines.delete(file.id);
  return files.drop(file.id);
}

function show(file) {
  const line = new Line(file, template, list);
  line.say("kept");
  line.asks(file.public ?? isOpen(), (chosen) => files.put(Object.assign(file, { public: chosen })));
  line.on("remove", () => remove(file));
  lines.set(file.id, line);
}

async function add(chosen) {
  const { smaller } = await import(template.dataset.photo);
  const type = typeOf(chosen);
  const content = await smaller(new Blob([chosen], { type }));
  const file = { id: crypto.randomUUID(), of: mine(), name: chosen.name, type: content.type, content, at: Date.now() };
  const reason = why(file, template.dataset, drafts());
  if (!reason) {
    await files.put(file);
    return show(file);
  }
  const line = new Line(file, template, list);
  line.say(reason);
  line.on("remove", () => line.remove());
}

// What a tick elsewhere changes: nothing is kept where others could find it, nothing secret is public.
function follow() {
  [field.hidden, later.hidden] = [!mayKeep(), mayKeep()];
  if (!mayKeep()) drafts().forEach(remove);
  for (const file of drafts()) {
    const tick = lines.get(file.id).part("public");
    tick.closest("label").hidden = secret.checked;
    if (file.public === undefined) tick.checked = isOpen();
  }
}

const input = field.querySelector("input");
async function take() {
  const chosen = [...input.files];
  input.value = "";
  for (const each of chosen) await add(each);
}

input.addEventListener("change", take);
for (const tick of [anonymous, secret, accusing, shared]) tick.addEventListener("change", follow);

if (localStorage.getItem("tanggap-draft") || form.dataset.draft) {
  for (const file of drafts()) {
    await files.put(Object.assign(file, { of: mine() }));
    show(file);
  }
} else drafts().forEach(remove);
follow();
// Somebody may have been quicker than this script.
take();
