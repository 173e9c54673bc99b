// The progress of a batch, looked at every two seconds until it rests; without this script there is a link to look again.
const part = document.getElementById("progress");
const look = async () => {
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("progress");
      if (fresh && fresh.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) {
        part.replaceChildren(...fresh.childNodes);
        part.dataset.state = fresh.dataset.state;
      }
    } catch {
      // The network is away for a moment; the next look finds it back.
    }
  }
  if (part.dataset.state === "running") setTimeout(look, 2000);
};
setTimeout(look, 2000);
