// Solves the small sum that keeps robots from filing by the thousand (altcha.org), then sends.
{
  const form = document.querySelector("form[data-challenge]");
  const challenge = JSON.parse(form.dataset.challenge);
  const worker = new Worker(form.dataset.worker);

  worker.addEventListener("message", ({ data }) => {
    if (!data?.derivedKey) return byHand();
    form.elements.altcha.value = btoa(JSON.stringify({ challenge, solution: data }));
    form.submit();
  });

  const isWorking = (yes) => {
    form.querySelector("[data-working]").hidden = !yes;
    form.querySelector("[data-by-hand]").hidden = yes;
  };
  const byHand = () => isWorking(false);

  worker.addEventListener("error", byHand);
  isWorking(true);
  worker.postMessage({ type: "work", challenge });
}
