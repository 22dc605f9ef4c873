// Saves each field of a form[data-autosave] while it is typed in, and keeps what the server doesn't have yet (kept.js).
//
// A field is sent with the revision it started from; when the stored words have moved on, both texts are shown and the
// person decides. Forms work without any of this.

import { Kept, storage } from "./kept.js";
import { key, person, sprite } from "./person.js";
import { clock, copy, element, icon, nextId } from "./pieces.js";
import { send } from "./server.js";

const WAIT = 800;
const FIRST_RETRY = 2000;
const LAST_RETRY = 30000;
const KEPT_HERE = { title: "What was kept here", take: "Take the kept one" };

/* ------------------------------------------------------------ one field */

class Field {
  constructor(form, name, controls) {
    this.form = form;
    this.name = name;
    this.controls = controls;
    this.isChoice = ["radio", "checkbox"].includes(controls[0].type);
    this.isList = controls[0].tagName === "SELECT";
    this.stored = this.rendered();
    this.early = this.value();
    this.sent = null; // what went out and was not answered: the server may hold it already
    this.refused = null; // what the server said no to; sent again only when it has changed
    this.trouble = null; // {rank, icon, text, wrong} for the status line
    this.clash = null;
    this.closed = false;
    this.saving = null;
    this.retry = FIRST_RETRY;
    this.timer = 0;
    this.kept = new Kept({ key, person, action: form.action }, name);
  }

  value() {
    if (!this.isChoice) return this.controls[0].value;
    return this.chosen((control) => control.checked);
  }

  // One choice, also among boxes: should a browser bring back two, the last on the page is the higher.
  chosen(is) {
    const found = this.controls.filter(is).at(-1);
    return found ? found.value : "";
  }

  // Ticking one box of several lets go of the others, as the line that says what is saved has it.
  letGoOfOthers(control) {
    if (!this.isChoice || !control.checked) return;
    for (const other of this.controls) if (other !== control) other.checked = false;
  }

  put(text) {
    if (!this.isChoice) {
      this.controls[0].value = text;
      return;
    }
    for (const control of this.controls) control.checked = text !== "" && control.value === text;
  }

  // What the server put on the page, whatever the browser made of it since.
  rendered() {
    if (this.isChoice) return this.chosen((control) => control.defaultChecked);
    const control = this.controls[0];
    if (control.tagName !== "SELECT") return control.defaultValue;
    const options = Array.from(control.options);
    const chosen = options.find((option) => option.defaultSelected) || options[0];
    return chosen ? chosen.value : "";
  }

  // A choice is shown in its words.
  inWords(text) {
    if (this.isList) {
      const option = Array.from(this.controls[0].options).find((one) => one.value === text);
      return option ? option.textContent.trim() : text;
    }
    const control = this.isChoice && this.controls.find((one) => one.value === text);
    const label = control && control.labels && control.labels[0];
    return label ? label.textContent.trim().replace(/\s+/g, " ") : text;
  }

  // What it asks, for whoever finds its words again where the field no longer is.
  title() {
    const group = this.isChoice && this.controls[0].closest("fieldset");
    const name = group ? group.querySelector("legend") : this.controls[0].labels[0];
    const words = [document.querySelector("h1"), name && !name.matches(".who") && name];
    return words.filter(Boolean).map((node) => node.textContent.trim().replace(/\s+/g, " ")).join(" ");
  }

  get revision() {
    return this.controls[0].dataset.revision || "0";
  }

  set revision(number) {
    for (const control of this.controls) control.dataset.revision = number;
    this.form.tellOrdinarySubmit(this.name, number);
  }

  isUnsaved() {
    return this.value() !== this.stored || this.sent !== null;
  }

  isKept() {
    return this.kept.holds(this.value());
  }

  // There is something to send, and sending it may help.
  isPending() {
    return this.isUnsaved() && !this.clash && !this.closed && this.refused !== this.value();
  }

  /* -- on load */

  async begin() {
    const kept = await this.kept.read();
    const typed = this.value() !== this.early || (this.early !== this.stored && this.hasFocus());
    if (kept && kept.text !== this.stored) {
      if (typed) this.showClash({ ...KEPT_HERE, kept, text: kept.text, stored: this.stored, revision: this.revision });
      else this.takeUp(kept);
    } else {
      if (kept) storage.remove(kept.place);
      if (typed) this.changed();
      else if (this.early !== this.stored) this.settleRestored();
    }
    this.form.show();
  }

  takeUp(kept) {
    this.kept.own(kept);
    if (this.value() !== kept.text) this.put(kept.text);
    this.sent = kept.sent;
    this.revision = kept.revision;
    this.save();
  }

  // Browsers put old values back into a page that they show again. The words stored now may be newer.
  settleRestored() {
    if (this.isChoice || this.isList) this.put(this.stored);
    else this.showClash({ text: this.stored, stored: this.stored, revision: this.revision });
  }

  hasFocus() {
    return this.controls.includes(document.activeElement);
  }

  /* -- while typing */

  changed() {
    this.keep();
    if (this.clash) this.clash.mine.textContent = this.inWords(this.value());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
    this.form.show();
  }

  keep() {
    if (!this.isUnsaved()) {
      this.kept.remove();
      return;
    }
    this.kept
      .write({
        text: this.value(),
        sent: this.sent,
        revision: this.revision,
        name: this.title(),
        shown: this.inWords(this.value()),
      })
      .catch(() => {})
      .then(() => this.form.show());
  }

  /* -- saving: one request at a time, until what is in the field is what is stored */

  save() {
    clearTimeout(this.timer);
    if (!this.saving) {
      this.saving = this.saveAll().finally(() => {
        this.saving = null;
        this.form.show();
      });
    }
    return this.saving;
  }

  async saveAll() {
    while (this.isPending()) {
      const more = await this.saveOnce();
      if (!more) return;
    }
    // typed and taken back again
    if (!this.isUnsaved() && !this.clash && !this.closed) {
      this.trouble = null;
      this.valid();
    }
  }

  // True when the loop may go on. What was not answered goes again before anything newer: when the server turns out
  // to hold it, those were our own words, and nobody needs to choose between them.
  async saveOnce() {
    const text = this.sent === null ? this.value() : this.sent;
    this.sent = text;
    this.keep();
    let answer;
    try {
      answer = await send(this.form.url, person, { field: this.name, text, revision: this.revision });
    } catch {
      return this.failed({ icon: "wifi-off", text: "Not saved yet", ifKept: ", kept here" });
    }
    if (answer.status === 401) return this.failed(this.isSignedOut(answer.data));
    this.sent = null;
    this.retry = FIRST_RETRY;
    this.trouble = null;
    if (answer.status === 200) return this.saved(text, answer.data);
    if (answer.status === 409) return this.movedOn(text, answer.data);
    if (answer.status === 422) return this.isRefused(text, answer.data);
    // Refused for good: sending it again would not help, so it says why, and the words can be taken along.
    this.closed = true;
    const hasWords = !this.isChoice && !this.isList && this.value().trim() !== "";
    this.trouble = {
      rank: 2,
      icon: "lock",
      text: answer.data.status,
      ifKept: hasWords ? " Your words are kept here." : "",
      takeAlong: hasWords && this.controls[0],
    };
    this.keep();
    return false;
  }

  saved(text, data) {
    this.stored = text;
    this.revision = data.revision;
    this.refused = null;
    this.valid();
    this.form.lastSaved = data.status;
    this.keep();
    return true;
  }

  movedOn(text, data) {
    if (data.text === text) {
      const time = clock(new Date());
      return this.saved(text, { revision: data.revision, status: `Saved at ${time}` });
    }
    this.showClash({ text: data.text, stored: data.text, revision: data.revision, sentence: data.status });
    this.keep();
    return false;
  }

  isRefused(text, data) {
    this.refused = text;
    this.trouble = { rank: 3, icon: "exclamation-circle", text: data.status, wrong: true };
    for (const control of this.controls) {
      control.setAttribute("aria-invalid", "true");
      control.classList.add("is-invalid");
      this.form.describe(control, true);
    }
    this.keep();
    return false;
  }

  valid() {
    if (this.trouble && this.trouble.wrong) this.trouble = null;
    for (const control of this.controls) {
      if (!control.hasAttribute("aria-invalid")) continue;
      control.removeAttribute("aria-invalid");
      control.classList.remove("is-invalid");
      this.form.describe(control, false);
    }
  }

  // The way to sign in leads back to this field; in another tab where the words would be lost with the page.
  isSignedOut({ status, sign_in: signIn }) {
    const here = `${location.pathname}${location.search}#${this.controls[0].id}`;
    const link = signIn && `${signIn}?next=${encodeURIComponent(here)}`;
    return { icon: "lock", text: status, ifKept: " Your words are kept here.", link };
  }

  failed(why) {
    this.trouble = { rank: 1, ...why };
    this.timer = setTimeout(() => this.save(), this.retry);
    this.retry = Math.min(this.retry * 2, LAST_RETRY);
    return false;
  }

  /* -- two texts */

  showClash({ text, stored, revision, sentence, kept, title = "What is saved", take = "Take the saved one" }) {
    this.clearClash();
    const block = element("div", "mt-2");
    block.setAttribute("role", "group");
    const desk = element("div", "desk");
    const side = (heading, words) => {
      const one = element("div", "side");
      const name = element("p", "fw-semibold mb-0", heading);
      name.id = nextId();
      const said = element("p", "said", words);
      one.append(name, said);
      desk.append(one);
      return { name, said };
    };
    const theirs = side(title, this.inWords(text));
    const mine = side(this.isChoice || this.isList ? "What you chose here" : "What you typed here", this.inWords(this.value()));
    block.setAttribute("aria-labelledby", `${theirs.name.id} ${mine.name.id}`);
    const acts = element("div", "d-flex flex-wrap gap-2 mt-3");
    const act = (label, then) => {
      const button = element("button", "btn btn-quiet", label);
      button.type = "button";
      button.addEventListener("click", () => {
        this.clearClash();
        if (kept) storage.remove(kept.place);
        this.revision = revision;
        this.stored = stored;
        then();
        (this.controls.find((control) => control.checked) || this.controls[0]).focus();
      });
      acts.append(button);
    };
    act("Keep mine", () => this.decided());
    if (!this.isChoice && !this.isList) {
      act("Keep both", () => {
        this.put([text, this.value()].filter((part) => part !== "").join("\n\n"));
        this.decided();
      });
    }
    act(take, () => {
      this.put(text);
      this.decided();
    });
    block.append(desk, acts);
    this.form.clashes.append(block);
    this.form.clashes.hidden = false;
    this.clash = { block, mine: mine.said };
    const both = "There are two texts now. Choose what to keep.";
    this.trouble = { rank: 4, icon: "exclamation-circle", text: sentence || both };
    this.form.show();
  }

  clearClash() {
    if (!this.clash) return;
    this.clash.block.remove();
    this.clash = null;
    this.trouble = null;
    this.form.clashes.hidden = !this.form.clashes.hasChildNodes();
  }

  decided() {
    if (this.isUnsaved()) {
      this.keep();
      this.save();
      return;
    }
    this.kept.remove();
    this.valid();
    this.form.lastSaved = "The saved words are in place.";
    this.form.show();
  }
}

/* ------------------------------------------------------------ one form */

class Form {
  constructor(node) {
    this.node = node;
    // form.action may be a field of that name
    this.url = new URL(node.getAttribute("action") || location.href, location.href);
    this.action = this.url.pathname + this.url.search;
      this.status = node.querySelector("[data-saved]") || node.appendChild(this.makeStatus());
    this.status.id ||= nextId();
    this.clashes = node.querySelector("[data-clash]") || this.status.parentNode.appendChild(element("div"));
    this.statusBefore = Array.from(this.status.childNodes);
    this.lastSaved = null;
    this.shown = null;
    const byName = new Map();
    for (const control of this.controls()) {
      const name = control.dataset.field;
      if (name) byName.set(name, [...(byName.get(name) || []), control]);
    }
    this.fields = Array.from(byName, ([name, controls]) => new Field(this, name, controls));
  }

  // What stands in it, though some of it may go with a form of the whole page when that is sent.
  controls() {
    return this.node.querySelectorAll("input, select, textarea");
  }

  makeStatus() {
    const made = element("p", "saved");
    made.setAttribute("role", "status");
    return made;
  }

  begin() {
    for (const field of this.fields) {
      for (const control of field.controls) {
        control.addEventListener("focus", () => this.keepInSight(control));
        control.addEventListener("input", () => {
          field.letGoOfOthers(control);
          field.changed();
        });
        control.addEventListener("change", () => field.save());
        control.addEventListener("blur", () => field.save());
      }
    }
    for (const field of this.fields) field.begin();
  }

  // The line that says what is saved is seen while typing, above any bar at the foot, if both fit.
  keepInSight(control) {
    const height = this.status.getBoundingClientRect().bottom - control.getBoundingClientRect().top;
    if (height < window.innerHeight / 2) this.status.scrollIntoView({ block: "nearest" });
  }

  // <input type="hidden" data-revision-of="words"> goes with the form when it is sent in the ordinary way.
  tellOrdinarySubmit(name, revision) {
    for (const control of this.controls()) {
      if (control.dataset.revisionOf === name) control.value = revision;
    }
  }

  describe(control, by) {
    const others = (control.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== this.status.id);
    if (by) others.push(this.status.id);
    if (others.length) control.setAttribute("aria-describedby", others.join(" "));
    else control.removeAttribute("aria-describedby");
  }

  unsaved() {
    return this.fields.filter((field) => field.isUnsaved());
  }

  // The line tells of whatever needs the person most; without trouble, of the last saving.
  show() {
    const unsaved = this.unsaved();
    this.node.toggleAttribute("data-unsaved", unsaved.length > 0);
    const troubles = this.fields.map((field) => field.trouble).filter(Boolean);
    const worst = troubles.sort((one, other) => other.rank - one.rank)[0];
    if (worst) {
      const kept = unsaved.every((field) => field.isKept());
      this.say(worst.icon, worst.text + (kept && worst.ifKept ? worst.ifKept : ""), Boolean(worst.wrong));
      if (worst.link) this.offerSignIn(worst.link, kept);
      if (worst.takeAlong) this.offerCopy(worst.takeAlong);
    } else if (this.lastSaved) {
      this.say("check-lg", this.lastSaved, false);
    } else if (this.shown) {
      this.status.replaceChildren(...this.statusBefore);
      this.status.classList.remove("fw-semibold");
      this.shown = null;
    }
  }

  // Said again only when it changes: the line is read out.
  say(name, text, wrong) {
    const saying = `${name} ${text}`;
    if (saying === this.shown) return;
    this.shown = saying;
    this.status.classList.toggle("fw-semibold", wrong);
    this.status.replaceChildren(icon(sprite, name), element("span", "", text));
    const typing = this.fields.flatMap((field) => field.controls).find((control) => control === document.activeElement);
    if (typing) this.keepInSight(typing);
  }

  offerSignIn(address, kept) {
    if (this.status.querySelector("a")) return;
    const link = element("a", "text-nowrap", kept ? "Sign in" : "Sign in in a new tab");
    link.href = address;
    if (!kept) link.target = "_blank";
    this.status.lastElementChild.append(" ", link);
  }

  offerCopy(control) {
    if (this.status.querySelector("button")) return;
    const button = element("button", "btn btn-quiet", "Copy my words");
    button.type = "button";
    button.addEventListener("click", async () => {
      const isCopied = await copy(control.value, control);
      button.textContent = isCopied ? "Copied" : "They are selected now: copy them from here";
    });
    this.status.lastElementChild.append(" ", button);
  }

  saveAll() {
    return Promise.all(this.fields.filter((field) => field.isPending() || field.saving).map((field) => field.save()));
  }
}

/* ------------------------------------------------------------ the page */

// Forms that come to an open page later (live.js) are taken up as those that it began with.
export const forms = [];
export function adopt(place) {
  for (let n = forms.length - 1; n >= 0; n -= 1) if (!forms[n].node.isConnected) forms.splice(n, 1);
  for (const node of place.querySelectorAll("form[data-autosave]")) {
    if (forms.some((form) => form.node === node)) continue;
    const form = new Form(node);
    forms.push(form);
    form.begin();
  }
}
adopt(document);
document.addEventListener("htmx:load", ({ target }) => adopt(target));

// Somebody comes back from signing in, to the field in which they were writing.
const aimed = location.hash && document.getElementById(location.hash.slice(1));
if (aimed && aimed.dataset.field) aimed.focus();

const saveEverything = () => Promise.all(forms.map((form) => form.saveAll()));

document.addEventListener("visibilitychange", () => {
  if (document.hidden) saveEverything();
});
window.addEventListener("pagehide", saveEverything);
window.addEventListener("online", () => {
  for (const form of forms) for (const field of form.fields) field.retry = FIRST_RETRY;
  saveEverything();
});
