// A report arrives whatever the connection does: it is posted until an answer comes, and then
// once more as a form, for the page to be shown. Its idempotency key makes all of that one report.
{
  const form = document.querySelector("form[data-sending]");
  const send = document.getElementById("send");
  const waiting = document.getElementById("waiting");
  const sending = document.getElementById("sending");
  const PAUSES = [2, 4, 8, 15, 30];
  const PATIENCE = 20000;
  const AWAY = new Set([502, 503, 504]);
  let tries = 0;
  let countdown;

  const attempt = async () => {
    clearInterval(countdown);
    [sending.hidden, waiting.hidden, send.disabled] = [false, true, true];
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "text/html" },
      body: new URLSearchParams(new FormData(form)),
      signal: AbortSignal.timeout(PATIENCE),
    }).catch(() => null);
    if (answer && !AWAY.has(answer.status)) form.submit();
    else wait(PAUSES[Math.min(tries++, PAUSES.length - 1)]);
  };

  const wait = (seconds) => {
    [sending.hidden, waiting.hidden, send.disabled] = [true, false, false];
    const shown = waiting.querySelector("[data-seconds]");
    shown.textContent = seconds;
    countdown = setInterval(() => {
      shown.textContent = --seconds;
      if (seconds <= 0) attempt();
    }, 1000);
  };

  form.addEventListener("submit", (event) => {
    if (event.submitter && "back" in event.submitter.dataset) return;
    event.preventDefault();
    attempt();
  });
  addEventListener("online", () => {
    if (!waiting.hidden) attempt();
  });
  addEventListener("pageshow", () => {
    send.disabled = false;
    sending.hidden = true;
  });
}
