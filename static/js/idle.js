// Tells the server while somebody is at this page, and takes the page away once they have been signed out for being
// away, so that nobody else reads it. Whether they are signed out is the server's to say: another tab or a running
// session may count as being there.
//
// Two minutes before that a dialog says so and offers to stay, for whoever reads or listens without a key: a screen
// reader that moves the focus, the caret or the page is noticed, one that only speaks is not.
//
// What autosave.js keeps comes back after signing in. A form that doesn't save itself would lose its words with the
// page, so there the page is covered instead, and comes back for the same person.

import { here, idleMinutes, person, signIn } from "./person.js";
import { clock, element } from "./pieces.js";

const LIMIT = Number(idleMinutes) * 60 * 1000;
const EVERY = Math.min(60 * 1000, LIMIT / 5);
const WARN = Math.min(2 * 60 * 1000, LIMIT / 2);
const BY_ITSELF = 500; // what a script has just moved (live.js) was nobody's doing
let movedAt = -Infinity;
let active = Date.now();
let told = Date.now();
let asking = false;
let cover = null;
let warning = null;
let timer = 0;

async function ask(headers) {
  try {
    return await fetch(here, { headers, credentials: "same-origin", redirect: "manual", cache: "no-store" });
  } catch {
    return null; // no connection: nothing is known
  }
}

const isOut = (answer) => answer.type === "opaqueredirect" || answer.status === 401;
const isOther = (answer) => answer.status === 204 && answer.headers.get("X-Person") !== person;

async function look() {
  if (asking || cover) return;
  const isHere = active > told;
  // The server notes not every move, so it is asked in good time how much is left.
  const quiet = Date.now() - active;
  if (!isHere && !warning && quiet < LIMIT - WARN - EVERY) {
    clearTimeout(timer);
    timer = setTimeout(look, LIMIT - WARN - EVERY - quiet);
    return;
  }
  asking = true;
  const began = Date.now();
  const answer = await ask(isHere ? {} : { "X-Live": "1" });
  asking = false;
  if (!answer) return;
  if (isOut(answer) || isOther(answer)) takeAway();
  else if (answer.status === 204) {
    if (isHere) told = began;
    const left = answer.headers.get("X-Seconds-Left");
    if (left !== null) warnInTime(Number(left) * 1000);
  }
}

// Another tab or a session that goes on may have given more time: then there is nothing to ask.
function warnInTime(left) {
  clearTimeout(timer);
  if (left > WARN) {
    stopWarning();
    timer = setTimeout(look, left - WARN + 500);
  } else {
    warn(Date.now() + left);
    timer = setTimeout(look, Math.min(left + 500, EVERY / 4));
  }
}

function valueAtFirst(select) {
  const options = Array.from(select.options);
  const chosen = options.find((one) => one.defaultSelected) || options[0];
  return chosen ? chosen.value : "";
}

function hasWordsToLose() {
  const fields = document.querySelectorAll("form :is(textarea, input, select):not([data-field], [type=hidden])");
  return Array.from(fields).some((field) => {
    if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return field.value !== valueAtFirst(field);
    return field.value !== field.defaultValue;
  });
}

function takeAway() {
  stopWarning();
  if (hasWordsToLose()) coverPage();
  else location.assign(`${signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/* ------------------------------------------------------------ the warning */

function warn(until) {
  if (warning) return;
  const box = element("dialog", "sheet", "");
  box.setAttribute("role", "alertdialog");
  const heading = element("h2", "", "Are you still here?");
  heading.id = "idle-title";
  const time = clock(new Date(until));
  const text = `Nothing has moved on this page for a while. At ${time} you’ll be signed out, so that nobody else reads it here. If you’ve been reading or listening: a page can’t always notice that.`;
  const why = element("p", "", text);
  why.id = "idle-why";
  box.setAttribute("aria-labelledby", heading.id);
  box.setAttribute("aria-describedby", why.id);
  const stay = element("button", "btn btn-primary", "Stay signed in");
  stay.type = "button";
  stay.autofocus = true;
  const acts = element("div", "d-flex flex-wrap gap-3", "");
  acts.append(stay);
  box.append(heading, why, element("p", "quiet", "What you’ve written here isn’t lost either way."), acts);
  stay.addEventListener("click", () => box.close());
  box.addEventListener("close", () => {
    if (warning !== box) return;
    stopWarning();
    active = Date.now();
    look();
  });
  warning = box;
  document.body.append(box);
  box.showModal();
  box.dataset.title = document.title;
  document.title = `Are you still here? · ${document.title}`;
}

function stopWarning() {
  if (!warning) return;
  const box = warning;
  warning = null;
  document.title = box.dataset.title;
  box.close(); // the focus goes back to where it was
  box.remove();
}

/* ------------------------------------------------------------ the cover */

function coverPage() {
  const covered = Array.from(document.body.children).filter((child) => !child.hidden && child.tagName !== "SCRIPT");
  const title = document.title;
  for (const child of covered) child.hidden = true;
  document.title = "SOP Coach";
  cover = element("main", "container-xl py-5", "");
  const box = element("div", "narrow mx-auto", "");
  cover.tabIndex = -1;
  const link = element("a", "btn btn-primary", "Sign in again in a new tab");
  link.href = signIn;
  link.target = "_blank";
  const back = element("button", "btn btn-quiet", "I have signed in");
  back.type = "button";
  const acts = element("div", "d-flex flex-wrap gap-3", "");
  acts.append(link, back);
  const status = element("p", "mt-3", "");
  status.setAttribute("role", "status");
  const lead = "So you were signed out here; reading alone a page can’t always notice. What you were writing is still on this page: sign in again, then come back to this tab.";
  box.append(element("h1", "", "You had been away for a while"), element("p", "lead", lead), acts, status);
  cover.append(box);
  document.body.append(cover);
  cover.focus();

  async function uncover() {
    const answer = await ask({});
    if (!cover) return;
    if (!answer) status.textContent = "No connection just now. Try again in a moment.";
    else if (isOther(answer)) status.textContent = "Somebody else is signed in here now, so this page stays covered.";
    else if (isOut(answer)) status.textContent = "You are not signed in yet.";
    else {
      freshenForms();
      cover.remove();
      cover = null;
      for (const child of covered) child.hidden = false;
      document.title = title;
      active = told = Date.now();
      window.removeEventListener("focus", uncover);
    }
  }
  back.addEventListener("click", uncover);
  window.addEventListener("focus", uncover);
}

// Signing in has changed the token that forms are sent with.
function freshenForms() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  if (!cookie) return;
  const token = cookie.slice("csrftoken=".length);
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

/* ------------------------------------------------------------ the page */

// While the question stands, only its answer counts.
const note = () => {
  if (!warning && performance.now() - movedAt > BY_ITSELF) active = Date.now();
};

// What a script moves now (live.js) is nobody's doing.
export function movesByItself() {
  movedAt = performance.now();
}

function begin() {
  const kinds = "pointerdown pointermove keydown input wheel scroll touchstart focusin selectionchange";
  for (const kind of kinds.split(" ")) document.addEventListener(kind, note, { passive: true, capture: true });
  setInterval(look, EVERY);
  // A computer that wakes up has missed its minutes.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  look();
  window.addEventListener("pageshow", look);
}

if (person) begin();
