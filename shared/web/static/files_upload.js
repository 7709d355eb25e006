// A file on its way into the bucket: announced to us, begun there, sent in pieces, gone on with after
// a break (Cloud Storage, resumable uploads: pieces are multiples of 256 KiB).

const PIECE = 512 * 1024;
const STALLED = 45000;
const AWAY = new Set([0, 408, 429, 500, 502, 503, 504]);

// Nothing gets through for now: the same once more, later.
export class Away extends Error {}

// What was begun is no longer known: it begins anew.
export class Gone extends Error {}

// This browser no longer holds the report.
export class Ended extends Error {}

// Not this file; the message says why, in the reader's words.
export class Refused extends Error {}

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// { id, upload_url, method, headers }; the same file again has the same id.
export async function announce(file, { at, mark }) {
  const sha256 = hex(await crypto.subtle.digest("SHA-256", await file.content.arrayBuffer()));
  const { name, type, content: { size } } = file;
  const said = { mark, idempotency_key: file.id, name, type, size, sha256, public: file.public };
  const answer = await fetch(`${at}/baru`, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(said),
    signal: AbortSignal.timeout(STALLED),
  }).catch(() => null);
  if (!answer || AWAY.has(answer.status)) throw new Away();
  const body = await answer.json().catch(() => { throw new Away(); });
  if (answer.ok) return body;
  if (body.code === "stale-revision") throw new Away();
  if ([401, 403].includes(answer.status)) throw new Ended();
  throw new Refused(body.errors?.[0].message ?? body.detail);
}

// Announced and no longer wanted: else it would count for a day. Chosen twice it was announced once,
// and another line may still stand for it. What does not get through is offered on the report's page.
export async function takeBack({ announced }, { at, mark }) {
  if (!announced || document.querySelector(`[data-of="${announced}"]`)) return;
  await fetch(`${at}/hapus`, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({ mark, file: announced }),
    signal: AbortSignal.timeout(STALLED),
  }).catch(() => null);
}

// The address that takes the bytes.
export async function begin({ upload_url: url, method, headers }) {
  const answer = await fetch(url, { method, headers }).catch(() => null);
  if (!answer || AWAY.has(answer.status)) throw new Away();
  if (!answer.ok) throw new Gone();
  return answer.headers.get("Location");
}

// From where the bucket has it to the end, as long as it is wanted; `progress` is told the bytes that
// are there.
export async function send(content, session, { isNew, isWanted, progress }) {
  let there = isNew ? 0 : await put(session, null, `bytes */${content.size}`, content.size);
  while (there < content.size && isWanted()) {
    progress(there);
    const [start, end] = [there, Math.min(there + PIECE, content.size)];
    const range = `bytes ${start}-${end - 1}/${content.size}`;
    there = await put(session, content.slice(start, end), range, content.size, (sent) => progress(start + sent));
  }
}

// How many bytes are there now. XMLHttpRequest, since fetch tells nothing on the way.
function put(url, piece, range, size, progress = () => {}) {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    let stalled;
    const living = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => call.abort(), STALLED);
    };
    call.open("PUT", url);
    call.setRequestHeader("Content-Range", range);
    call.upload.onprogress = ({ loaded }) => {
      living();
      progress(loaded);
    };
    call.onloadend = () => {
      clearTimeout(stalled);
      if (call.status === 200 || call.status === 201) resolve(size);
      else if (call.status === 308) resolve(until(call.getResponseHeader("Range")));
      else reject(AWAY.has(call.status) ? new Away() : new Gone());
    };
    living();
    call.send(piece);
  });
}

// "bytes=0-524287"; nothing at all: none.
const until = (range) => (range ? Number(range.split("-")[1]) + 1 : 0);
