// Files of a report that is filed: what waits on this device is sent, also what is chosen now.
// Nothing else waits for them. Each goes on by itself as soon as there is a connection.

const PAUSES = [1, 2, 4, 8, 15, 30];
const form = document.querySelector("form[data-files]");
const template = form.querySelector("template[data-line]");
const { report, draft, open, keeps } = form.dataset;
const to = `${form.getAttribute("action")}/baru`;
const [{ waiting }, { Line, typeOf, why }] = await Promise.all([
  import(template.dataset.store), import(template.dataset.list),
]);
const files = await waiting(true);
const unkept = keeps ? files : await waiting(false);
const unsent = () => [...new Set([...files.all(), ...unkept.all()])].filter(({ of }) => of === report);
let turn = Promise.resolve();

const isPublic = (file) => file.public ?? Boolean(open);

// Until the pause is over, the connection is back, or somebody is impatient.
function pause(seconds, line) {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
    addEventListener("online", resolve, { once: true });
    line.part("again").addEventListener("click", resolve, { once: true });
  });
}

// `act` until it gets through, or cannot; `anew`: where to begin when what was begun is gone.
async function patiently(act, file, line, upload) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (failure) {
      if (failure instanceof upload.Gone) delete file.session;
      else if (!(failure instanceof upload.Away)) throw failure;
      line.say("waiting");
      await pause(PAUSES[Math.min(tries, PAUSES.length - 1)], line);
    }
  }
}

async function announced(file, line, upload) {
  line.say("preparing");
  line.settle();
  const mark = form.elements.mark.value;
  file.invitation = await upload.announce(file, { to, mark, isPublic: isPublic(file) });
  document.getElementById(`file-${file.invitation.id}`)?.remove();
}

async function sent(file, line, upload, store) {
  line.say("sending");
  const isNew = !file.session;
  if (isNew) {
    // An invitation that nobody took up in time is followed by another one.
    if (!file.invitation) await announced(file, line, upload);
    const { invitation } = file;
    delete file.invitation;
    file.session = await upload.begin(invitation);
    await store.put(file);
  }
  line.say("sending");
  await upload.send(file.content, file.session, isNew, (there) => line.progress(there / file.content.size));
}

// One file at a time: a thin line brings one of them home rather than none of all.
function inTurn(act) {
  turn = turn.then(act, act);
  return turn;
}

async function deliver(file, line, { store, told = () => {} }) {
  const upload = await import(template.dataset.upload);
  try {
    if (!file.session) await patiently(() => announced(file, line, upload), file, line, upload);
    if (file.invitation) told(file.invitation.id);
    await inTurn(() => navigator.locks.request(file.id, async () => {
      const isHere = () => store.all().includes(file);
      if (isHere() && await store.has(file.id)) {
        await patiently(() => isHere() && sent(file, line, upload, store), file, line, upload);
      }
    }));
    await store.drop(file.id);
    line.say("sent");
  } catch (failure) {
    if (failure instanceof upload.Ended) return line.say("expired");
    await store.drop(file.id);
    line.say("refused", failure.message);
  }
}

function take(file, list, options = { store: files }) {
  const line = new Line(file, template, list);
  line.asks(isPublic(file), (chosen) => options.store.put(Object.assign(file, { public: chosen })));
  line.on("remove", () => {
    options.store.drop(file.id);
    options.removed?.();
    line.remove();
  });
  deliver(file, line, options);
}

// A field of this page: the files' own, or one of a form, which then names them.
function listen(field, list, into) {
  field.addEventListener("change", async () => {
    const chosen = [...field.files];
    field.value = "";
    for (const each of chosen) await add(each, list, into);
  });
}

async function add(chosen, list, into) {
  const { smaller } = await import(template.dataset.photo);
  const content = await smaller(new Blob([chosen], { type: typeOf(chosen) }));
  const file = { id: crypto.randomUUID(), of: report, name: chosen.name, type: content.type, content, at: Date.now() };
  const reason = why(file, template.dataset, unsent());
  if (reason) {
    const line = new Line(file, template, list);
    line.say(reason);
    return line.on("remove", () => line.remove());
  }
  await unkept.put(file);
  const named = into && Object.assign(document.createElement("input"), { type: "hidden", value: "true" });
  take(file, list, {
    store: unkept,
    told: (id) => named && into.append(Object.assign(named, { name: `attachments.${id}` })),
    removed: () => named?.remove(),
  });
}

const list = form.querySelector("[data-list]");
form.querySelectorAll("[data-plain]").forEach((part) => { part.hidden = true; });
form.addEventListener("submit", (event) => event.preventDefault());
listen(form.querySelector("[type=file]"), list);
document.querySelectorAll("[data-pick]").forEach((pick) => {
  pick.hidden = false;
  listen(pick.querySelector("[type=file]"), pick.querySelector("[data-list]"), pick);
});
document.querySelectorAll("[data-plain]").forEach((part) => { part.hidden = true; });
addEventListener("beforeunload", (event) => {
  if (!keeps && unsent().length) event.preventDefault();
});

for (const file of files.all().filter(({ of }) => of === `draft ${draft}`)) {
  await files.put(Object.assign(file, { of: report }));
}
files.all().filter(({ of }) => of === report).forEach((file) => take(file, list));
