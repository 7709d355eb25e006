// The chain of a report's record: the same canonical JSON and SHA-256 as shared/domain/events.py.

// Keys in order, no blanks. Headers hold texts and whole numbers only: of these JSON has one form.
export function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const parts = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${parts.join(",")}}`;
}

export async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A time of any zone as headers have it: UTC, whole seconds. What is no time stays, and fits nothing.
export function instant(time) {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? time : at.toISOString().replace(/\.\d+Z$/, "Z");
}

// The number of the first step that does not follow from those before it; null: all of them do.
// A step is a header with its hash; `start` is the tracking code, `head` the hash of the last one.
export async function broken(steps, start, head) {
  let previous = start;
  for (const [index, { hash, ...header }] of steps.entries()) {
    const follows = header.seq === index + 1 && hash === (await sha256(previous + canonical(header)));
    if (!follows) return header.seq;
    previous = hash;
  }
  return previous === head ? null : steps.length + 1;
}
