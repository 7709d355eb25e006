// A receipt: to be copied or printed. What was written is sent, and needs no draft any more.
{
  const row = document.getElementById("keep");
  const copied = document.getElementById("copied");
  const lines = () => [...document.querySelectorAll(".receipt dl > div")].map(
    (each) => `${each.querySelector("dt").textContent}: ${each.querySelector("dd").textContent}`,
  );

  if (document.querySelector("[data-filed]")) localStorage.removeItem("tanggap-draft");
  row.hidden = false;
  document.getElementById("print").addEventListener("click", () => print());
  document.getElementById("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(lines().join("\n"));
    copied.hidden = false;
  });
}
