// What htmx sends: with the newest token, in the name of the person whose page it is, and never lost in silence. What
// fails says so where its form says how things stand; what sends itself on a change goes again until it has arrived.
// Where it never can, since the page has grown old, the page as it is now is offered, and what is chosen stays in sight.

import { person } from "./person.js";
import { element } from "./pieces.js";
import { token } from "./server.js";

const FIRST_RETRY = 2000;
const LAST_RETRY = 30000;
const waiting = new Map(); // what sends itself, each with its timer and how long it waits next
let news = null;

// Signing in, also in another tab, has changed the token that the page was made with.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const newest = token();
  detail.headers["X-CSRFToken"] = newest;
  if (person) detail.headers["X-Person"] = person;
  if (detail.parameters.csrfmiddlewaretoken) detail.parameters.csrfmiddlewaretoken = newest;
});

/* ------------------------------------------------------------ saying so */

const regionOf = (sender) => sender.closest("form")?.querySelector("[role=status]:not([data-typed] *)");

function say(sender, sentence) {
  const region = regionOf(sender);
  if (region) {
    if (region.firstChild?.textContent !== sentence) region.textContent = sentence;
    return;
  }
  if (!news) {
    news = element("div", "news");
    news.setAttribute("role", "status");
    document.querySelector("main").prepend(news);
  }
  const note = element("p", "note mb-0", sentence);
  if (news.textContent !== sentence) news.replaceChildren(note);
}

function offerAnew(sender) {
  const region = regionOf(sender);
  if (!region || region.querySelector("a")) return;
  const link = element("a", "", "Show it");
  link.href = location.pathname + location.search;
  region.append(" ", link);
}

function unsay() {
  news?.remove();
  news = null;
}

// A no of the server's is a page with one sentence.
function reasonIn(xhr) {
  const isPage = (xhr.getResponseHeader("Content-Type") || "").startsWith("text/html");
  if (!isPage) return "";
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return page.getElementById("why")?.textContent.trim() || "";
}

// What went wrong, and whether sending it again may help. An answer that gives no reason may be another tomorrow.
function whatOf(xhr) {
  if (!xhr || xhr.status === 0) return { sentence: "There’s no connection to SOP Coach just now.", again: true };
  if (xhr.status === 401) return { sentence: "You’re signed out, or somebody else is signed in now.", again: true };
  if (xhr.status >= 500 || xhr.status === 429) return { sentence: "SOP Coach can’t be reached just now.", again: true };
  const reason = reasonIn(xhr);
  if (reason) return { sentence: reason, again: false };
  if (xhr.status === 403) return { sentence: "This page had grown old.", again: true };
  return { sentence: "There is no place for this any more, so it wasn’t taken.", again: false };
}

const sendsItself = (sender) => sender.getAttribute("hx-trigger")?.startsWith("change");

function failed({ detail }) {
  const { elt: target } = detail;
  if (target.closest("[data-waits]")) return; // it waits on this phone (practice.js)
  const { sentence, again } = whatOf(detail.xhr);
  if (again && sendsItself(target)) {
    const isKept = target.hasAttribute("data-kept");
    const asks = target.hasAttribute("hx-get");
    const rest = asks ? "" : isKept ? " Not saved yet, kept here." : " Not saved yet.";
    say(target, `${sentence}${rest}`);
    tryAgain(target);
    return;
  }
  if (detail.boosted && target.matches("a")) {
    say(target, `${sentence} Your words are kept here; go on when it’s back.`);
    return;
  }
  if (!target.closest("form")) return; // it only shows what is typed, and asks again with the next letter
  say(target, again ? `${sentence} Nothing is lost: send it again in a moment.` : sentence);
  if (!again && sendsItself(target)) offerAnew(target);
}

/* ------------------------------------------------------------ sending it again */

function tryAgain(sender) {
  const { wait = FIRST_RETRY, timer } = waiting.get(sender) || {};
  clearTimeout(timer);
  waiting.set(sender, { wait: Math.min(wait * 2, LAST_RETRY), timer: setTimeout(() => go(sender), wait) });
}

function go(sender) {
  if (sender.isConnected) window.htmx.trigger(sender, "change");
  else waiting.delete(sender);
}

function arrived({ detail }) {
  const { elt: target } = detail;
  if (!detail.successful) return;
  clearTimeout(waiting.get(target)?.timer);
  waiting.delete(target);
  unsay();
}

for (const kind of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(kind, failed);
document.addEventListener("htmx:afterRequest", arrived);
window.addEventListener("online", () => {
  for (const sender of waiting.keys()) go(sender);
});
