// What each page does so that a phone of one's own opens some of them without a signal (ADR 39).

import { key as theirs, person } from "../person.js";
import { element } from "../pieces.js";
import { answeredFor, begin, copies, empty, forget, keepCopy, kept, waits } from "./store.js";

const PRACTICE = "/practice/";
const PROFILES = "/profiles/";
const MINUTE = 60 * 1000;
// Of a copy, and of the page that stands in for others, the server says nothing: nobody is signed out by them.
const isCopy = Boolean(document.querySelector("body[data-copy], [data-no-answer]"));
const isLent = document.body.hasAttribute("data-lent");
const canKeep = Boolean(navigator.serviceWorker && window.crypto?.subtle);
const told = new BroadcastChannel("sopcoach");
const place = document.querySelector("[data-own-phone]");

/* ------------------------------------------------------------ copies */

async function renew(key, address) {
  const answer = await fetch(address, { headers: { "X-Phone": "1" }, redirect: "manual", cache: "no-store" });
  if (answer.headers.get("X-Kept-For") !== person) {
    if (answer.status < 500) await forget(address);
    return null;
  }
  const headers = {};
  for (const name of ["Content-Type", "Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options"]) {
    headers[name] = answer.headers.get(name);
  }
  const release = answer.headers.get("X-Release");
  await keepCopy(key, address, release, { html: await answer.text(), headers });
  return { release, too: (answer.headers.get("X-Keep-Too") || "").split(" ").filter(Boolean) };
}

// The practice page as it is now, with what belongs to it; and whatever profile is open.
export async function renewCopies() {
  const state = canKeep && person && !isCopy && !isLent && (await kept());
  if (!state?.key) return;
  const known = new Map((await copies()).map((one) => [one.id, one]));
  const said = await renew(state.key, PRACTICE);
  if (!said) return;
  const here = location.pathname.startsWith(PROFILES) ? [location.pathname + location.search] : [];
  const profiles = [...known.keys()].filter((address) => address.startsWith(PROFILES));
  const wanted = new Set([PRACTICE, ...said.too, ...profiles, ...here]);
  for (const address of known.keys()) if (!wanted.has(address)) await forget(address);
  for (const address of wanted) {
    const one = known.get(address);
    const isFresh = one?.release === said.release && Date.now() - one.at < 10 * MINUTE;
    if (address !== PRACTICE && (here.includes(address) || !isFresh)) await renew(state.key, address);
  }
}

/* ------------------------------------------------------------ a phone of one's own */

async function show(said = "") {
  const isOwn = Boolean((await kept())?.isOwn);
  place.hidden = false;
  place.querySelector("[data-own=no]").hidden = isOwn;
  place.querySelector("[data-own=yes]").hidden = !isOwn;
  place.querySelector("[role=status]").textContent = said;
}

async function keepHere() {
  await navigator.serviceWorker.ready;
  await begin(person, await theirs, true);
  await renewCopies();
  navigator.storage?.persist?.();
  if (place) await show("Kept on this phone. It opens without a signal from now on.");
}

async function keepNothing() {
  await empty();
  await show("Nothing is kept on this phone any more.");
}

/* ------------------------------------------------------------ signing out */

// Whoever signs out leaves nothing here, of this tab and of all others.
async function forgetAll() {
  await empty();
  told.postMessage("left");
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith("sopcoach.")) localStorage.removeItem(name);
  } catch {
    // nothing was kept
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[action$='/accounts/logout/']")) return;
  event.preventDefault();
  await forgetAll().catch(() => {});
  form.submit();
});

async function warn(note) {
  const number = await waits();
  if (!number) return;
  const what = number === 1 ? "One thing waits" : `${number} things wait`;
  note.append(element("span", "", `${what} on this phone and hasn’t been sent. Signing out throws it away.`));
  note.hidden = false;
}

/* ------------------------------------------------------------ the page */

place?.querySelector("[data-keep-here]").addEventListener("click", keepHere);
place?.querySelector("[data-keep-nothing-here]").addEventListener("click", keepNothing);

async function look() {
  if (!isCopy) await answeredFor(person && !isLent ? person : "nobody");
  if (!canKeep || !person || isLent) return;
  const state = await kept();
  if (place && !isCopy) await show();
  const note = document.querySelector("[data-signing-out]");
  if (note && state) await warn(note);
  if (isCopy) return;
  if (state) await begin(person, await theirs);
  const isInstalled = matchMedia("(display-mode: standalone)").matches;
  if (isInstalled && !state?.isOwn) await keepHere();
  else await renewCopies();
}

if (person) navigator.serviceWorker?.register("/sw.js", { type: "module" }).catch(() => {}); // then pages need a signal
if (window.indexedDB) look().catch(() => {}); // a browser that keeps nothing
