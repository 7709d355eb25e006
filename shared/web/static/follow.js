// "Check this record" on the page of a report: what the page shows is checked on this device.

const box = document.querySelector("#periksa");

function shown() {
  return [...document.querySelectorAll("#riwayat li")].map(stepOf).reverse();
}

function stepOf(entry) {
  const { id, seq, type, by, digest, hash } = entry.dataset;
  return { id, seq: Number(seq), type, by, digest, hash, at: entry.querySelector("time").dateTime };
}

function say(name, step) {
  const said = box.querySelector(`[data-said=${name}]`);
  said.hidden = false;
  said.querySelectorAll("[data-step]").forEach((place) => { place.textContent = step; });
}

async function check() {
  box.ariaBusy = "true";
  const { broken, instant } = await import(box.dataset.chain);
  const steps = shown().map((step) => ({ ...step, at: instant(step.at) }));
  const fault = await broken(steps, box.dataset.start, box.dataset.head);
  box.querySelectorAll("[data-said]").forEach((said) => { said.hidden = true; });
  if (fault === null) {
    say("whole");
    compare(steps);
  } else {
    say("broken", fault);
  }
  box.ariaBusy = "false";
}

// With the fingerprint of a mail: of any step, for the record may have grown since.
function compare(steps) {
  const kept = box.querySelector("#sidik").value.toLowerCase().replace(/\s/g, "");
  const known = steps.find((step) => step.hash === kept);
  if (kept) say(known ? "known" : "unknown", known?.seq);
}

if (box && crypto.subtle) {
  box.querySelector("[data-tools]").hidden = false;
  box.querySelector("button").addEventListener("click", check);
}
