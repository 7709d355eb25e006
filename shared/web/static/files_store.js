// Files that wait to be sent: kept on this device until they have arrived, for a week at most.
// A file: id, of (whose: "draft …" or a report's number), name, type, content (a Blob), at, and what
// became of it so far. Where nothing may be kept, or there is no room, this page alone knows it.

const WEEK = 7 * 24 * 3600 * 1000;

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function opened() {
  const request = indexedDB.open("tanggap", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("files", { keyPath: "id" });
  return done(request);
}

export async function waiting(keeps) {
  const database = keeps ? await opened().catch(() => null) : null;
  const known = new Map();
  const files = (mode) => database.transaction("files", mode).objectStore("files");
  const change = async (act) => {
    if (database) await done(act(files("readwrite"))).catch(() => null);
  };
  const drop = (id) => {
    known.delete(id);
    return change((kept) => kept.delete(id));
  };

  for (const file of database ? await done(files("readonly").getAll()) : []) {
    if (Date.now() - file.at < WEEK) known.set(file.id, file);
    else await drop(file.id);
  }
  return {
    all: () => [...known.values()].sort((one, other) => one.at - other.at),
    drop,
    put: (file) => {
      known.set(file.id, file);
      return change((kept) => kept.put(file));
    },
    // Another tab may have sent it meanwhile.
    has: async (id) => !database || Boolean(await done(files("readonly").getKey(id))),
  };
}
