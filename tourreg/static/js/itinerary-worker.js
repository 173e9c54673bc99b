// Programmes that were opened here, for when there is no connection. The site is asked first; only where it does not
// answer is the copy shown, with the note that says of when it is. A link that has ended takes its copy with it.
const SHELF = "programmes-1";
const ENDED = [404, 410];
const NOTE = ' id="stored-copy" hidden';

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { page, parts } = event.data;
  event.waitUntil(
    (async () => {
      await keepPage(page, await fetch(page));
      const shelf = await caches.open(SHELF);
      await Promise.allSettled(parts.map((part) => shelf.add(part)));
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && /^\/my\/itinerary\/[^/]+$/.test(address.pathname)) event.respondWith(programme(request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(part(request));
});

async function programme(request) {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return (await copyOf(request.url)) || Response.error();
  }
  await keepPage(request.url, answer.clone());
  return answer;
}

async function part(request) {
  const shelf = await caches.open(SHELF);
  return (await shelf.match(request)) || fetch(request);
}

async function keepPage(address, answer) {
  const shelf = await caches.open(SHELF);
  if (ENDED.includes(answer.status)) await shelf.delete(address, { ignoreSearch: true });
  else if (answer.ok && !answer.redirected) await shelf.put(address, answer);
}

async function copyOf(address) {
  const shelf = await caches.open(SHELF);
  const copy = (await shelf.match(address)) || (await shelf.match(address, { ignoreSearch: true }));
  if (!copy) return null;
  const marked = (await copy.text()).replace(NOTE, ' id="stored-copy"');
  return new Response(marked, { headers: copy.headers });
}
