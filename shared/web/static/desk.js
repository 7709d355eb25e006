// Saves an officer some typing and ticking; every page works without it.

const words = document.documentElement.lang === "en" ? { use: "Use", all: "Pick all" } : { use: "Pakai", all: "Pilih semua" };

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

// Words to begin with go where the cursor is, beside what was typed already.
function insert(text, into) {
  const { selectionStart: start, selectionEnd: end, value } = into;
  const blank = start > 0 && !/\s$/.test(value.slice(0, start)) ? " " : "";
  into.setRangeText(blank + text, start, end, "end");
  into.focus();
}

for (const line of document.querySelectorAll(".templates li")) {
  const into = line.closest("form").querySelector("[name=text]");
  line.append(button(words.use, () => insert(line.firstElementChild.textContent, into)));
}

const picks = [...document.querySelectorAll(".pick input")];
if (picks.length > 1) {
  const all = button(words.all, () => {
    const on = picks.some((pick) => !pick.checked);
    for (const pick of picks) pick.checked = on;
  });
  all.className = "button quiet";
  document.querySelector(".rows").before(all);
}
