// What meets no signal waits on this phone, sealed, and goes by itself: a +1, its line, a level, what one looks back on.
//
// A form takes part by data-waits, which says in words what waits. Each thing is shown where it was tapped, and counted
// once above; what the server refuses stays, with its reason, until whoever wrote it puts it away.

import { key as theirs, person } from "./person.js";
import { clock, element } from "./pieces.js";
import { send, SIGNED_OUT } from "./phone/sending.js";
import { begin, kept, letGo, wait, waiting } from "./phone/store.js";
import { renewCopies } from "./phone/page.js";
import { token } from "./server.js";

const isCopy = document.body.hasAttribute("data-copy");
const place = document.querySelector("[data-offline]");
const told = new BroadcastChannel("sopcoach");
const NOT_SENT = ["csrfmiddlewaretoken", "form_key", "next"];
const SOONEST = 2000;
const LATEST = 30000;
let key = null;
let pause = SOONEST;
let timer = 0;
let later = "";
let isOut = false;
let isBack = false; // the signal, on a copy that was opened without it
const stale = new Set(); // addresses of what another window has sent: this page doesn't show yet what came of it

// What is sealed here is opened by what their page carries; on a copy, by the key of a phone of their own.
async function open({ make = false } = {}) {
  if (key) return key;
  const state = await kept();
  if (isCopy) key = state?.person === person ? state.key : null;
  else if (make || state?.person === person) key = (await theirs) && (await begin(person, await theirs));
  return key;
}

const formsOf = (url) => document.querySelectorAll(`form[data-waits][action="${CSS.escape(url)}"]`);
const pieceOf = (form) => form.closest(".goal, .today");

/* ------------------------------------------------------------ keeping */

async function keep(form, act) {
  const fields = new FormData(form);
  for (const name of NOT_SENT) fields.delete(name);
  if (act) fields.set("act", act);
  const id = fields.get("client_key") || crypto.randomUUID();
  fields.set("made_at", new Date().toISOString());
  const url = form.getAttribute("action");
  const mark = form.elements.namedItem("client_key");
  if (mark) mark.value = crypto.randomUUID();
  await put({ id, url, says: form.dataset.waits, kind: kindOfForm(form), fields: [...fields] });
}

const kindOfForm = (form) => (form.matches("[data-plus]") ? "plus" : form.matches("[data-level]") ? "level" : "words");

async function put(one) {
  const mine = isOut ? null : await open({ make: true }).catch(() => null);
  if (!mine) {
    say("There’s no connection, and nothing can wait here. Please try again later.");
    return false;
  }
  if (one.kind === "level") for (const old of await today(mine, one.url)) await letGo(old.id);
  await wait(mine, one);
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.sync?.register("waiting").catch(() => {});
  told.postMessage("waiting");
  await show();
  return true;
}

// One level a day: the later tap is what counts.
async function today(mine, url) {
  const day = new Date().toDateString();
  return (await waiting(mine)).filter((one) => one.url === url && new Date(one.at).toDateString() === day);
}

/* ------------------------------------------------------------ showing */

function say(...parts) {
  if (!place) return;
  const note = place.querySelector(".note");
  note.querySelector("span").replaceChildren(...parts);
  note.hidden = !parts.length;
}

async function show() {
  const mine = await open().catch(() => null);
  const all = mine ? await waiting(mine) : [];
  const going = all.filter((one) => !one.reason);
  document.querySelectorAll("[data-waiting]").forEach((old) => old.remove());
  document.querySelectorAll("form[data-plus]").forEach((form) => count(form, going));
  const last = new Map(going.filter((one) => one.kind !== "words").map((one) => [one.url, one]));
  for (const one of last.values()) for (const form of formsOf(one.url)) stand(form, one, going);
  if (!place) return;
  place.parentNode.querySelector("[data-refused]")?.replaceChildren(...all.filter((one) => one.reason).map(refused));
  const number = going.length;
  const why = later || (navigator.onLine ? "There’s no connection to SOP Coach just now." : "No signal.");
  const what = element("strong", "", number === 1 ? "1 thing waits on this phone" : `${number} things wait on this phone`);
  const how = number === 1 ? ", sealed. It goes by itself" : ", sealed. They go by themselves";
  const when = !later ? " when the signal is back." : later === SIGNED_OUT ? " when you have signed in again." : ".";
  if (number) say(`${why} `, what, how + when);
  else if (isBack) say("The signal is back, and what waited here has been sent. ", asItIsNow());
  else say();
}

function asItIsNow() {
  const link = element("a", "", "Show the page as it is now");
  link.href = location.pathname;
  return link;
}

// Each goal shows its waiting taps as dotted pips, and takes no more taps than it asks for.
function count(form, going) {
  const goal = pieceOf(form);
  const number = going.filter((one) => one.url === form.getAttribute("action")).length;
  const pips = [...goal.querySelectorAll(".pips i:not(.y)")];
  pips.forEach((pip, index) => pip.classList.toggle("w", index < number));
  if (number) {
    const words = element("span", "", `, ${number} waiting`);
    words.dataset.waiting = "";
    goal.querySelector("[data-count]").append(words);
  }
  form.querySelector(".tap").disabled = pips.length > 0 && number >= pips.length;
}

// What was tapped last here, with its line and the way to take it back.
function stand(form, one, going) {
  const template = document.getElementById("waits-here");
  const piece = pieceOf(form);
  if (!template || !piece) return;
  const block = template.content.firstElementChild.cloneNode(true);
  const level = one.fields.find(([name]) => name === "level")?.[1];
  const said = level ? `Level ${level} kept, ${clock(new Date(one.at))}` : `Noted, ${clock(new Date(one.at))}`;
  block.querySelector("[data-said]").textContent = said;
  block.querySelector("[data-undo]").addEventListener("click", () => undo(one, going));
  const line = going.find((other) => other.of === one.id);
  const words = block.querySelector("[data-words]");
  const field = block.querySelector("[data-line]");
  words.hidden = !line;
  if (line) words.textContent = `“${line.words}”`;
  if (line || one.kind !== "plus") field.remove();
  else {
    field.elements.line.id = field.querySelector("label").htmlFor = `line-${one.id}`; // several may wait
    field.addEventListener("submit", (event) => keepLine(event, one));
  }
  piece.querySelector(".after:not([data-waiting])")?.remove(); // it is about an earlier tap
  piece.append(block);
}

async function undo(one, going) {
  await letGo(one.id);
  for (const line of going.filter((other) => other.of === one.id)) await letGo(line.id);
  told.postMessage("waiting");
  await show();
  formsOf(one.url)[0]?.querySelector(".tap, :checked")?.focus();
}

async function keepLine(event, one) {
  event.preventDefault();
  const form = event.target;
  const words = form.elements.line.value.trim();
  if (!words) return;
  const act = event.submitter?.value || "keep";
  const url = form.getAttribute("action").replace(/[0-9a-f-]{36}/, one.id);
  const fields = [["line", words], ["act", act]];
  await put({ id: crypto.randomUUID(), of: one.id, url, says: `A line on ${one.says}`, words, fields });
}

function refused(one) {
  const row = element("li", "note my-3");
  const text = element("div", "");
  text.append(element("p", "mb-1", `${one.says}, ${clock(new Date(one.at))}, was not taken. ${one.reason}`));
  const words = one.words || one.fields.find(([name]) => name === "text" || name === "line")?.[1];
  if (words) text.append(element("p", "said mb-1", words));
  const away = element("button", "btn btn-link p-0", "Put it away");
  away.type = "button";
  away.addEventListener("click", async () => {
    await letGo(one.id);
    await show();
  });
  text.append(away);
  row.append(text);
  return row;
}

/* ------------------------------------------------------------ sending */

async function sendAll() {
  clearTimeout(timer);
  const mine = await open().catch(() => null);
  if (!mine) return;
  const sent = [];
  const heard = (one, said) => {
    sent.push(one.url);
    if (said.row) swap(one, said.row);
    if (one.kind === "words" && !isCopy && one.url === location.pathname) location.reload(); // it has other words now
  };
  const left = await send({ key: mine, person, token, heard });
  later = left === "no answer" ? "" : left;
  isBack ||= isCopy && sent.length > 0;
  if (sent.length) told.postMessage({ sent });
  await freshen();
  await show();
  if (!left) {
    pause = SOONEST;
    if (sent.length) await renewCopies();
    return;
  }
  timer = setTimeout(sendAll, pause);
  pause = Math.min(pause * 2, LATEST);
}

async function freshen() {
  if (!stale.size) return;
  const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return;
  const html = await answer.text();
  for (const url of stale) swap({ url }, html);
  stale.clear();
}

// The row that a form stands in, as the server has it now: alone, or somewhere on its page.
function swap({ url }, html) {
  const piece = formsOf(url)[0] && pieceOf(formsOf(url)[0]);
  const fresh = piece && new DOMParser().parseFromString(html, "text/html").getElementById(piece.id);
  if (!fresh) return;
  // Sent by itself: the keyboard stays where it is, and nothing is asked about an entry of some time ago.
  fresh.querySelectorAll("[autofocus]").forEach((one) => one.removeAttribute("autofocus"));
  if (piece.matches(".goal")) fresh.querySelector(".after")?.remove();
  piece.replaceWith(fresh);
  window.htmx?.process(fresh);
}

/* ------------------------------------------------------------ looking back */

async function takeWords(form) {
  const mine = await open();
  if (!mine) return;
  const url = form.getAttribute("action");
  const status = form.querySelector("[data-saved]");
  const known = new Map((await waiting(mine)).map((one) => [one.id, one]));
  for (const field of form.querySelectorAll("[data-field]")) {
    const id = `${url}#${field.dataset.field}`;
    if (known.has(id)) field.value = known.get(id).words;
    let typing = 0;
    field.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(async () => {
        const fields = [["field", field.dataset.field], ["text", field.value], ["revision", field.dataset.revision]];
        const one = { id, url, says: form.dataset.waits, kind: "words", words: field.value, fields };
        if (await put(one)) status.textContent = `Kept on this phone at ${clock(new Date())}, for you only.`;
      }, 400);
    });
  }
}

/* ------------------------------------------------------------ the page */

if (person && window.indexedDB) {
  for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(kind, async ({ detail }) => {
      if (!detail.elt.matches("form[data-waits]")) return;
      await keep(detail.elt, detail.requestConfig?.parameters?.act);
      if (kind === "htmx:responseError") await sendAll();
      else timer = setTimeout(sendAll, SOONEST);
    });
  }
  told.addEventListener("message", ({ data }) => {
    if (data === "left") {
      isOut = true;
      key = null;
    }
    for (const url of data.sent || []) stale.add(url);
    isBack ||= isCopy && stale.size > 0;
    freshen().then(show);
  });
  document.addEventListener("htmx:afterSettle", () => {
    show();
    renewCopies().catch(() => {});
  });
  window.addEventListener("online", () => {
    pause = SOONEST;
    sendAll();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) sendAll();
  });
  if (isCopy) {
    // a copy is opened more than once, and each tap on it is another
    for (const mark of document.querySelectorAll("[name=client_key]")) mark.value = crypto.randomUUID();
    document.querySelectorAll("form[data-waits]:not([hx-post])").forEach(takeWords);
  }
  show().then(sendAll).catch(() => {}); // a browser that keeps nothing
}
