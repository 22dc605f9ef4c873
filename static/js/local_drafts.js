// Keeps what is typed and chosen in every form that doesn't save itself, sealed in this browser for its author
// (kept.js), and puts it back when the page is opened again: after a link, a reload, a sign-out or a crash.
//
// A form takes part by being a <form method="post"> with something to write or to choose in it; data-keep-nothing opts
// out, and so do passwords, codes and files. Nothing is put over what a refusal shows (<main data-reload>). The server
// says which forms were sent, by the first part of their keys (sopcoach_sent, see sopcoach/sending/form_key.py); what
// was kept of those is put away. A form that htmx sends on each change goes again by itself until it has arrived.

import { Kept, storage } from "./kept.js";
import { key, person } from "./person.js";
import { element, nextId } from "./pieces.js";

const KIND = "form:";
const NOT_WRITTEN = ["hidden", "submit", "button", "image", "reset"];
const NEVER = "[type=password], [type=file], [autocomplete='one-time-code'], [data-keep-nothing]";
const drafts = new WeakMap();
const isReady = new Promise((resolve) => {
  if (document.readyState === "complete") resolve();
  else window.addEventListener("load", resolve);
});

/* ------------------------------------------------------------ what a form holds */

const isWritten = (control) =>
  control.name &&
  !NOT_WRITTEN.includes(control.type) &&
  control.matches("input, textarea, select") &&
  !control.dataset.field; // that saves itself
const isTicked = (control) => ["radio", "checkbox"].includes(control.type);

function takesPart(form) {
  if (form.getAttribute("method")?.toLowerCase() !== "post" || form.hasAttribute("data-autosave")) return false;
  if (form.matches("[data-keep-nothing]") || form.querySelector(NEVER)) return false;
  return Array.from(form.elements).some(isWritten);
}

// {name: [values]}; `now` as it stands, else as the server has put it on the page.
function valuesOf(form, now) {
  const values = {};
  for (const control of form.elements) {
    if (!isWritten(control)) continue;
    const list = (values[control.name] ||= []);
    if (isTicked(control)) {
      if (now ? control.checked : control.defaultChecked) list.push(control.value);
    } else if (control.tagName === "SELECT") {
      const options = Array.from(control.options);
      const chosen = options.filter((option) => (now ? option.selected : option.defaultSelected));
      if (!chosen.length && !control.multiple && options.length) chosen.push(options[0]);
      list.push(...chosen.map((option) => option.value));
    } else list.push(now ? control.value : control.defaultValue);
  }
  return JSON.stringify(values);
}

function put(form, text) {
  const values = JSON.parse(text);
  const places = {};
  for (const control of form.elements) {
    if (!isWritten(control) || !values[control.name]) continue;
    const list = values[control.name];
    if (isTicked(control)) control.checked = list.includes(control.value);
    else if (control.tagName === "SELECT") {
      for (const option of control.options) option.selected = list.includes(option.value);
    } else {
      const place = places[control.name] || 0;
      places[control.name] = place + 1;
      if (place < list.length) control.value = list[place];
    }
  }
}

const once = (form) => form.querySelector("[name=form_key]")?.value.split(".")[0] || "";
const savesItself = (form) => form.hasAttribute("hx-post") && form.getAttribute("hx-trigger") === "change";

/* ------------------------------------------------------------ one form */

class LocalDraft {
  constructor(form) {
    this.form = form;
    this.once = once(form);
    this.rendered = valuesOf(form, false);
    this.basis = this.rendered; // what the server's page said when its author began to type
    this.newest = null;
    this.isOnlyInPart = false;
    this.notice = null;
    const action = new URL(form.getAttribute("action") || location.href, location.href).pathname;
    const names = Object.keys(JSON.parse(this.rendered)).sort().join(",");
    this.kept = new Kept({ key, person, action: `${KIND}${location.pathname}|${action}` }, names);
  }

  async begin() {
    const kept = await this.kept.read();
    await isReady;
    if (!kept) {
      if (valuesOf(this.form, true) !== this.rendered) this.changed(); // typed already, on a slow page
      return;
    }
    const { values, basis } = JSON.parse(kept.text);
    const isAnswer = document.getElementById("main").dataset.reload || this.form.querySelector("[aria-invalid]");
    if (values === this.rendered && !isAnswer) storage.remove(kept.place);
    else if (values === this.rendered) this.goOn(kept, basis);
    else if (basis === this.rendered) this.bringBack(kept);
    else if (isAnswer) this.goOn(kept, basis);
    else this.offer(kept);
  }

  // A refusal shows what was typed, and maybe put right a little: that stands, and is kept from now on.
  goOn(kept, basis) {
    this.kept.own(kept);
    this.basis = basis;
    this.changed();
  }

  // A button[data-part] takes from the form what is for its own address; the rest stays kept.
  isSent(submitter) {
    this.isOnlyInPart = Boolean(submitter?.matches("[data-part]"));
    this.changed();
  }

  changed() {
    const values = valuesOf(this.form, true);
    if (values === this.rendered && this.basis === this.rendered) this.putAway();
    else this.keep(values);
  }

  async keep(values) {
    this.newest = JSON.stringify({ values, basis: this.basis });
    this.mark();
    await this.kept.write({ text: this.newest, sent: null, revision: this.isOnlyInPart ? "in part" : once(this.form) });
    this.mark();
  }

  // What stands in the form now is kept, to the last letter.
  mark() {
    this.form.toggleAttribute("data-kept", this.kept.holds(this.newest));
  }

  putAway() {
    this.kept.remove();
    this.form.removeAttribute("data-kept");
  }

  bringBack(kept) {
    const { values } = JSON.parse(kept.text);
    this.kept.own(kept);
    put(this.form, values);
    this.keep(values); // under the key of this page, by which the server will name it
    for (let part = this.form.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    // for whatever shows or sends something as a form changes
    for (const kind of ["input", "change"]) this.form.dispatchEvent(new Event(kind, { bubbles: true }));
    if (savesItself(this.form)) return;
    this.say("What you had typed is here again.", "Start empty", () => this.startEmpty());
  }

  // The page says something else than when these words were typed: their author decides.
  offer(kept) {
    const away = () => {
      storage.remove(kept.place);
      this.unsay();
    };
    const say = "You had typed something here, and this page has changed since.";
    this.say(say, "Put it back", () => this.bringBack(kept), "Put it away", away);
  }

  startEmpty() {
    this.form.reset();
    this.putAway();
    this.unsay();
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
    Array.from(this.form.elements).find((control) => isWritten(control) && control.offsetParent)?.focus();
  }

  say(sentence, ...acts) {
    this.unsay();
    this.notice = element("div", "note flex-wrap align-items-center mb-3");
    this.notice.dataset.typed = "";
    const said = element("p", "mb-0", sentence);
    said.id = nextId();
    said.setAttribute("role", "status");
    this.notice.append(said);
    for (let n = 0; n < acts.length; n += 2) {
      const button = element("button", "btn btn-link p-0", acts[n]);
      button.type = "button";
      button.setAttribute("aria-describedby", said.id);
      button.addEventListener("click", acts[n + 1]);
      this.notice.append(button);
    }
    // where its first field is, which may stand outside of it
    const first = Array.from(this.form.elements).find(isWritten);
    if (first && !this.form.contains(first)) (first.closest(".next") || first.parentNode).prepend(this.notice);
    else this.form.prepend(this.notice);
  }

  unsay() {
    this.notice?.remove();
    this.notice = null;
  }

  // The server has these values now; what is kept of them is done with, unless something was typed since.
  arrived(values) {
    this.rendered = this.basis = values;
    this.changed();
  }
}

/* ------------------------------------------------------------ the page */

function forgetWhatWasSent() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("sopcoach_sent="));
  if (!cookie) return;
  document.cookie = "sopcoach_sent=; path=/; max-age=0"; // said once: going back and sending anew says it again
  const sent = cookie.slice("sopcoach_sent=".length).split(".");
  for (const place of storage.names()) {
    try {
      if (sent.includes(JSON.parse(storage.get(place)).revision)) storage.remove(place);
    } catch {
      // not readable as one of ours: age removes it
    }
  }
}

function draftOf(form) {
  if (!form || !form.matches?.("form") || !takesPart(form)) return null;
  if (!drafts.has(form)) drafts.set(form, new LocalDraft(form));
  return drafts.get(form);
}

function begin(root) {
  const forms = [...(root.matches?.("form") ? [root] : []), ...root.querySelectorAll("form")];
  for (const form of forms) {
    if (drafts.get(form)?.once === once(form)) continue;
    drafts.delete(form);
    draftOf(form)?.begin();
  }
}

function change({ target }) {
  const form = target.form || (target.matches?.("form") ? target : null);
  if (form && target !== form) draftOf(form)?.changed();
}

function listen() {
  forgetWhatWasSent();
  begin(document);
  document.addEventListener("input", change);
  document.addEventListener("change", change);
  document.addEventListener("submit", ({ target, submitter }) => draftOf(target)?.isSent(submitter), { capture: true });
  document.addEventListener("htmx:load", ({ target }) => {
    forgetWhatWasSent();
    begin(target);
  });

  document.addEventListener("htmx:configRequest", ({ detail: { elt } }) => {
    const draft = elt.matches("form[hx-post]") && draftOf(elt);
    if (draft) draft.onItsWay = valuesOf(elt, true);
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const draft = drafts.get(detail.elt);
    if (!draft || !draft.onItsWay) return;
    const isRefused = detail.xhr && detail.xhr.responseText.includes("aria-invalid");
    if (detail.successful && !isRefused) draft.arrived(draft.onItsWay);
    draft.onItsWay = null;
  });
}

// A laptop that goes round keeps none of them: the next in turn would find them.
if (person && !document.body.hasAttribute("data-lent")) listen();
