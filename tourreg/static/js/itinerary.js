// Keeps this programme in the browser, so that it opens without a connection; without this script the page is whole.
if (navigator.serviceWorker) {
  const here = document.currentScript.dataset;
  navigator.serviceWorker.register(here.worker, { scope: here.scope }).then(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
    active.postMessage({ page: location.href, parts: [...parts].map((part) => part.href || part.src) });
  });
}

// Says once that somebody reads this version: a program that follows links does not scroll, tap or type.
const opened = document.getElementById("opened");
if (opened) {
  const signs = ["scroll", "pointerdown", "keydown"];
  const tell = async (sign) => {
    if (opened.contains(sign.target)) return; // the button does it
    for (const each of signs) removeEventListener(each, tell);
    const typed = new FormData(opened);
    typed.set("quietly", "1");
    const answer = await fetch(opened.getAttribute("action"), { method: "POST", body: typed }).catch(() => null);
    if (answer && answer.status === 204) opened.hidden = true;
  };
  for (const each of signs) addEventListener(each, tell, { passive: true });
}
