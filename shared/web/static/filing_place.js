// Where it is: villages as one types their names, and the position of the phone when one wants.
{
  const list = document.getElementById("villages");
  const place = document.getElementById("position");
  const form = place.closest("form");
  const [lat, lon] = ["lat", "lon"].map((name) => form.elements[`location.${name}`]);
  let waiting;

  const find = async () => {
    const typed = new URLSearchParams({ mark: form.elements.mark.value, village: form.elements.village.value });
    const answer = await fetch(list.dataset.from, { method: "POST", body: typed }).catch(() => null);
    if (!answer?.ok) return;
    const { villages } = await answer.json();
    list.replaceChildren(...villages.map((name) => new Option(name, name)));
  };

  const say = (word) => place.querySelectorAll("[data-said]").forEach((each) => {
    each.hidden = each.dataset.said !== word;
  });

  const put = (latitude, longitude, word) => {
    [lat.value, lon.value] = [latitude, longitude];
    document.getElementById("unlocate").hidden = !latitude;
    say(word);
    lat.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // Five decimals are a metre.
  const located = ({ coords }) => put(coords.latitude.toFixed(5), coords.longitude.toFixed(5), "found");

  form.elements.village.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 250);
  });
  document.getElementById("locate").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(located, () => say("refused"), { timeout: 15000 });
  });
  document.getElementById("unlocate").addEventListener("click", () => put("", "", ""));
  place.hidden = !("geolocation" in navigator);
  if (lat.value) put(lat.value, lon.value, "found");
}
