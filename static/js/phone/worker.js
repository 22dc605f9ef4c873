// Stands between the pages of this browser and the network (served by sopcoach/phone/views.py at /sw.js).
//
// A page always comes from the network, and a form goes nowhere else. Without a signal, a page that its reader keeps on
// this phone is opened from its sealed copy, and a calm page stands in for every other. Only files that are the same
// for everybody lie in a cache, those of one release at a time.

export function serve({ release, files, calm }) {
  const name = `sopcoach-${release}`;
  const shell = new Set(files);

  async function load() {
    const cache = await caches.open(name);
    // nobody's cookies: what is kept here is about nobody
    await cache.addAll([...files, calm].map((file) => new Request(file, { cache: "no-cache", credentials: "omit" })));
    await self.skipWaiting();
  }

  async function takeOver() {
    const old = (await caches.keys()).filter((one) => one.startsWith("sopcoach-") && one !== name);
    await Promise.all(old.map((one) => caches.delete(one)));
    await self.clients.claim();
  }

  const fromCache = async (file) => (await caches.open(name)).match(file);

  async function page(request) {
    try {
      return await fetch(request);
    } catch {
      return fromCache(calm);
    }
  }

  self.addEventListener("install", (event) => event.waitUntil(load()));
  self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== self.location.origin) return;
    if (request.mode === "navigate") event.respondWith(page(request));
    else if (request.method === "GET" && shell.has(pathname)) {
      event.respondWith(fromCache(pathname).then((file) => file || fetch(request)));
    }
  });
}
