// Stands between the pages of this browser and the network (served by sopcoach/phone/views.py at /sw.js).
//
// A page always comes from the network, and a form goes nowhere else. Without a signal, a page that its reader keeps on
// this phone is opened from its sealed copy, and a calm page stands in for every other. Only files that are the same
// for everybody lie in a cache, those of one release at a time.

import { send } from "./sending.js";
import { answeredFor, copyOf, empty, kept } from "./store.js";

const PATIENCE = 8000; // a signal that brings nothing for so long is none, where there is a copy
const NOT_THERE = [502, 503, 504];

export function serve({ release, files, calm, practice, signOut }) {
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

  // The practice page is one, whatever its address says about what was tapped last.
  async function copyAt({ pathname, search }) {
    const copy = (await copyOf(pathname + search, release)) || (pathname === practice && (await copyOf(practice, release)));
    return copy ? new Response(copy.html, { headers: copy.headers }) : null;
  }

  async function page(request, url) {
    const copy = request.method === "GET" ? await copyAt(url).catch(() => null) : null;
    try {
      const late = copy && new Promise((_, reject) => setTimeout(reject, PATIENCE));
      const answer = await Promise.race([fetch(request), late].filter(Boolean));
      const person = answer.headers.get("X-Person");
      if (person) await answeredFor(person);
      return copy && NOT_THERE.includes(answer.status) ? copy : answer;
    } catch {
      return copy || fromCache(calm);
    } finally {
      if (request.method === "POST" && url.pathname === signOut) await empty();
    }
  }

  async function sendWhatWaits() {
    const state = await kept();
    if (!state?.key || !self.cookieStore) return;
    const token = async () => (await self.cookieStore.get("csrftoken"))?.value || "";
    const sent = [];
    const left = await send({ key: state.key, person: state.person, token, heard: (one) => sent.push(one.url) });
    new BroadcastChannel("sopcoach").postMessage({ sent });
    if (left) throw new Error(left); // the browser tries again when it thinks fit
  }

  self.addEventListener("install", (event) => event.waitUntil(load()));
  self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
  self.addEventListener("sync", (event) => event.waitUntil(sendWhatWaits()));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== self.location.origin) return;
    if (request.mode === "navigate") event.respondWith(page(request, url));
    else if (request.method === "GET" && shell.has(url.pathname)) {
      event.respondWith(fromCache(url.pathname).then((file) => file || fetch(request)));
    }
  });
}
