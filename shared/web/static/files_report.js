// Files of a report that is filed: what waits on this device is sent, also what is chosen now.
// Nothing else waits for them. Each goes on by itself as soon as there is a connection.

const PAUSES = [1, 2, 4, 8, 15, 30];
const form = document.querySelector("form[data-files]");
const template = form.querySelector("template[data-line]");
const { report, draft, open, keeps } = form.dataset;
const sender = () => ({ at: form.getAttribute("action"), mark: form.elements.mark.value });
const [{ waiting }, { Line, typeOf, why }] = await Promise.all([
  import(template.dataset.store), import(template.dataset.list),
]);
const kept = await waiting(true);
const unsaid = keeps ? kept : await waiting(false);
const unsent = () => [...new Set([...kept.all(), ...unsaid.all()])].filter(({ of }) => of === report);
let turn = Promise.resolve();

// Until the time is over, the connection is back, or somebody is impatient.
function pause(seconds, line) {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
    addEventListener("online", resolve, { once: true });
    line.part("again").addEventListener("click", resolve, { once: true });
  });
}

// One file at a time: a thin line brings one of them home rather than none of all.
function inTurn(act) {
  turn = turn.then(act, act);
  return turn;
}

// One file on its way, and the line that tells of it.
class Delivery {
  constructor(file, list, { files, told = () => {}, removed = () => {} }) {
    Object.assign(this, { file, files, told });
    this.line = new Line(file, template, list);
    this.line.element.dataset.of = file.announced;
    this.line.on("remove", () => {
      files.drop(file.id);
      removed();
      this.line.remove();
      this.upload?.takeBack(file, sender());
    });
  }

  isWanted() {
    return this.files.all().includes(this.file);
  }

  async go() {
    this.upload = await import(template.dataset.upload);
    try {
      if (!this.file.session) await this.patiently(() => this.announce());
      await inTurn(() => navigator.locks.request(this.file.id, () => this.patiently(() => this.send())));
      await this.files.drop(this.file.id);
      this.line.say("sent");
    } catch (failure) {
      if (failure instanceof this.upload.Ended) return this.line.say("expired");
      await this.files.drop(this.file.id);
      this.line.say("refused", failure.message);
    }
  }

  // Until it gets through, or cannot.
  async patiently(act) {
    for (let tries = 0; this.isWanted(); tries += 1) {
      try {
        return await act();
      } catch (failure) {
        if (failure instanceof this.upload.Gone) delete this.file.session;
        else if (!(failure instanceof this.upload.Away)) throw failure;
        this.line.say("waiting");
        await pause(PAUSES[Math.min(tries, PAUSES.length - 1)], this.line);
      }
    }
  }

  async announce() {
    this.line.say("preparing");
    this.invitation = await this.upload.announce(this.file, sender());
    this.line.element.dataset.of = this.file.announced = this.invitation.id;
    if (!this.isWanted()) return this.upload.takeBack(this.file, sender());
    this.told(this.invitation.id);
    document.getElementById(`file-${this.invitation.id}`)?.remove();
  }

  async send() {
    if (!(await this.files.has(this.file.id))) return;
    const isNew = !this.file.session;
    if (isNew) await this.begin();
    this.line.say("sending");
    await this.upload.send(this.file.content, this.file.session, {
      isNew,
      isWanted: () => this.isWanted(),
      progress: (there) => this.line.progress(there / this.file.content.size),
    });
  }

  // An invitation is good for one beginning; the same file is then given another one.
  async begin() {
    if (!this.invitation) await this.announce();
    const { invitation } = this;
    this.invitation = null;
    this.file.session = await this.upload.begin(invitation);
    if (this.isWanted()) await this.files.put(this.file);
  }
}

async function add(chosen, { list, isPublic, ...options }) {
  const { smaller } = await import(template.dataset.photo);
  const content = await smaller(new Blob([chosen], { type: typeOf(chosen) }));
  const file = {
    id: crypto.randomUUID(), of: report, name: chosen.name, type: content.type, content, at: Date.now(), public: isPublic,
  };
  const reason = why(file, template.dataset, unsent());
  if (!reason) {
    await unsaid.put(file);
    return new Delivery(file, list, { files: unsaid, ...options }).go();
  }
  const line = new Line(file, template, list);
  line.say(reason);
  line.on("remove", () => line.remove());
}

// The files' own field, or one within a form, which then names what was chosen there.
function listen(place, naming) {
  const [field, tick] = ["file", "checkbox"].map((type) => place.querySelector(`[type=${type}]`));
  const list = place.querySelector("[data-list]");
  const take = () => {
    const chosen = [...field.files];
    field.value = "";
    chosen.forEach((each) => add(each, { list, isPublic: Boolean(tick?.checked), ...naming() }));
  };
  field.addEventListener("change", take);
  // Somebody may have been quicker than this script.
  take();
}

function namingIn(pick) {
  const name = Object.assign(document.createElement("input"), { type: "hidden", value: "true" });
  return {
    told: (id) => pick.append(Object.assign(name, { name: `attachments.${id}` })),
    removed: () => name.remove(),
  };
}

document.querySelectorAll("[data-plain]").forEach((part) => { part.hidden = true; });
form.addEventListener("submit", (event) => event.preventDefault());
listen(form, () => ({}));
document.querySelectorAll("[data-pick]").forEach((pick) => {
  pick.hidden = false;
  listen(pick, () => namingIn(pick));
});
// Whoever gives up the key leaves nothing behind.
const forget = document.querySelector("form[action$='/lupakan']");
forget?.addEventListener("submit", async (event) => {
  event.preventDefault();
  await Promise.all(unsent().map(({ id }) => kept.drop(id)));
  forget.submit();
});
addEventListener("beforeunload", (event) => {
  if (!keeps && unsent().length) event.preventDefault();
});

for (const file of kept.all()) {
  const isDrafts = file.of === `draft ${draft}`;
  if (isDrafts) await kept.put(Object.assign(file, { of: report, public: file.public ?? Boolean(open) }));
  if (file.of === report) new Delivery(file, form.querySelector("[data-list]"), { files: kept }).go();
}
