// Leaving a page that saves itself (autosave.js): ordinary forms wait for words on their way, and without a connection
// one stays here instead of meeting the browser's own error page.

import { forms } from "./autosave.js"; // more may come to an open page
import { here } from "./person.js";
import { element } from "./pieces.js";

const BEFORE_SUBMIT = 2000;
let waiting = false;
let passing = false;
let notice = null;

// A form is on its way to the server, once what saves itself is there.
export const isWaiting = () => waiting;

const isAllKept = () => forms.every((form) => form.unsaved().every((field) => field.isKept()));
const soon = () => new Promise((resolve) => setTimeout(resolve, BEFORE_SUBMIT, true));

// Words that could not be kept would be lost with the page.
window.addEventListener("beforeunload", (event) => {
  if (!isAllKept()) event.preventDefault();
});

// Only a request tells: a browser counts any network as a connection. One that is slow is one.
async function isConnected() {
  if (!navigator.onLine) return false;
  if (!here) return true;
  try {
    const answer = await fetch(here, { headers: { "X-Live": "1" }, redirect: "manual", cache: "no-store" });
    return answer.status < 500;
  } catch {
    return false;
  }
}

function stay(near) {
  const words = isAllKept() ? "Your words are kept here" : "Your words are still on this page";
  if (notice) notice.remove();
  notice = element("p", "note w-100 mb-2", `No connection just now. ${words}; go on when it’s back.`);
  notice.setAttribute("role", "alert");
  const bar = near.closest(".bar");
  if (bar) bar.prepend(notice);
  else if (near.matches("a")) document.querySelector("main").prepend(notice);
  else near.before(notice);
  notice.scrollIntoView({ block: "nearest" });
}

window.addEventListener("online", () => {
  if (notice) notice.remove();
  notice = null;
});

document.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event;
    if (passing || !forms.length || (submitter || form).matches("[formmethod=dialog], form[method=dialog]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting) return;
    waiting = true;
    const saved = Promise.all(forms.map((one) => one.saveAll())).catch(() => {});
    const there = Promise.race([isConnected(), soon()]);
    Promise.all([there, Promise.race([saved, soon()])]).then(([connected]) => {
      waiting = false;
      if (!connected) {
        stay(submitter || form);
        return;
      }
      passing = true;
      form.requestSubmit(submitter);
      passing = false;
    });
  },
  { capture: true },
);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!forms.length || navigator.onLine || event.defaultPrevented || !link || link.target) return;
  if (link.origin !== location.origin || (link.hash && link.pathname === location.pathname)) return;
  event.preventDefault();
  stay(link);
});
