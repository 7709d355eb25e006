// Chosen files as a page lists them, each with what is to be said of it. The words stand in the page.

const TYPES = { heic: "image/heic", heif: "image/heic" };
const MIB = 1024 * 1024;

// Some phones do not say what a photo of theirs is.
export const typeOf = ({ name, type }) => type || TYPES[name.split(".").pop().toLowerCase()] || "application/octet-stream";

// Why one cannot be sent, as a word of the page, or undefined. `limits`: of the page; `others`: before it.
export function why({ type, content: { size } }, { accept, each, files, together }, others) {
  const all = others.reduce((sum, other) => sum + other.content.size, size);
  if (size === 0) return "empty";
  if (!accept.split(",").includes(type)) return "type-not-accepted";
  if (size > Number(each)) return "too-large";
  if (others.length >= Number(files)) return "too-many";
  return all > Number(together) ? "too-large-together" : undefined;
}

const written = (bytes) => (bytes >= MIB ? `${Math.ceil(bytes / MIB)} MB` : `${Math.ceil(bytes / 1024)} KB`);

export class Line {
  constructor(file, template, list) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.part("name").textContent = file.name;
    this.part("size").textContent = written(file.content.size);
    for (const button of this.element.querySelectorAll("button")) {
      button.setAttribute("aria-label", `${button.textContent}: ${file.name}`);
    }
    list.append(this.element);
    this.show(file.content, template.dataset.photo);
  }

  part(name) {
    return this.element.querySelector(`[data-${name}]`);
  }

  async show(content, photo) {
    const canvas = this.element.querySelector("canvas");
    const { preview } = await import(photo);
    canvas.hidden = !(await preview(canvas, content));
  }

  // One of the page's sentences; `refused` has the words of the answer.
  say(word, text = "") {
    this.element.querySelectorAll("[data-said]").forEach((each) => {
      each.hidden = each.dataset.said !== word;
      if (each.dataset.said === "refused") each.textContent = text;
    });
    this.element.querySelector("progress").hidden = !["sending", "waiting"].includes(word);
    this.part("public")?.closest("label").toggleAttribute("hidden", word !== "kept");
    this.part("again").hidden = word !== "waiting";
    this.part("remove").hidden = word === "sent";
    this.element.dataset.word = word;
  }

  progress(share) {
    this.element.querySelector("progress").value = share;
  }

  // Whether all may see it. `chosen`: as it is at first; `changed` is told what it is made to be.
  asks(chosen, changed) {
    const tick = this.part("public");
    tick.checked = chosen;
    tick.addEventListener("change", () => changed(tick.checked));
  }

  on(name, act) {
    this.part(name).addEventListener("click", act);
  }

  remove() {
    this.element.remove();
  }
}
