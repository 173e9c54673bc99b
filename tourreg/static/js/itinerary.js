// Keeps this programme in the browser, so that it opens without a connection; without this script the page is whole.
if (navigator.serviceWorker) {
  const here = document.currentScript.dataset;
  navigator.serviceWorker.register(here.worker, { scope: here.scope }).then(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
    active.postMessage({ page: location.href, parts: [...parts].map((part) => part.href || part.src) });
  });
}
