// Saves each field of a form[data-autosave] while it is typed in, and keeps what the server doesn't have yet.
//
// What is not saved is kept in this browser, encrypted under a key that only the signed-in person's pages carry, since
// office machines are shared. A field is sent with the revision it started from; when the stored words have moved on,
// both texts are shown and the person decides. Forms work without any of this.
(() => {
  "use strict";

  const WAIT = 800;
  const FIRST_RETRY = 2000;
  const LAST_RETRY = 30000;
  const NO_ANSWER = 20000;
  const BEFORE_SUBMIT = 2000;
  const PREFIX = "sopcoach.kept.";
  const KEEP_FOR = 7 * 24 * 60 * 60 * 1000;
  const KEEPALIVE_LIMIT = 60000; // browsers refuse more in requests that outlive their page
  const KEPT_HERE = { title: "What was kept here", take: "Take the kept one" };
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  /* ------------------------------------------------------------ what is kept */

  // Local storage may be full or forbidden: then nothing is kept, and the page says so.
  const storage = {
    get(name) {
      try {
        return localStorage.getItem(name);
      } catch {
        return null;
      }
    },
    set(name, value) {
      try {
        localStorage.setItem(name, value);
        return true;
      } catch {
        return false;
      }
    },
    remove(name) {
      try {
        localStorage.removeItem(name);
      } catch {
        // nothing was kept
      }
    },
    names() {
      try {
        return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
      } catch {
        return [];
      }
    },
  };

  function forgetWhatIsOld() {
    for (const name of storage.names()) {
      let age = Infinity;
      try {
        age = Date.now() - JSON.parse(storage.get(name)).at;
      } catch {
        // not readable as one of ours
      }
      if (!(age < KEEP_FOR)) storage.remove(name);
    }
  }

  const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const fromBase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

  // The key can be used here but not read out of the page again.
  async function importKey(form) {
    const raw = form.dataset.keep;
    form.removeAttribute("data-keep");
    if (!raw || !window.crypto || !crypto.subtle) return null;
    try {
      return await crypto.subtle.importKey("raw", fromBase64(raw), "AES-GCM", false, ["encrypt", "decrypt"]);
    } catch {
      return null;
    }
  }

  // One person's copy of one field. Encryption takes a moment, so every write has a turn: a late one never
  // replaces a later one, nor comes back after the words were saved. Two windows with the same field keep their
  // words in two places; each comes up when the page is next opened.
  class Kept {
    constructor(form, field) {
      this.key = form.key;
      this.name = `${PREFIX}${form.person}.${form.action}.${field}`;
      this.place = this.name;
      this.about = encoder.encode(`${form.person}|${form.action}|${field}`);
      this.turn = 0;
      this.written = 0;
      this.record = null;
      this.text = null;
    }

    async write(words) {
      const turn = ++this.turn;
      const key = await this.key;
      if (!key) return;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = encoder.encode(JSON.stringify({ text: words.text, sent: words.sent }));
      const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: this.about }, key, plain);
      if (turn < this.written) return;
      this.written = turn;
      const record = JSON.stringify({
        iv: toBase64(iv),
        data: toBase64(new Uint8Array(data)),
        at: Date.now(),
        revision: words.revision,
      });
      if (storage.get(this.place) !== null && !this.isOurs()) this.place = `${this.name}.${toBase64(iv)}`;
      if (storage.set(this.place, record)) this.own({ record, text: words.text, place: this.place });
    }

    async read() {
      const key = await this.key;
      if (!key) return null;
      const places = storage.names().filter((name) => name === this.name || name.startsWith(`${this.name}.`));
      for (const place of places) {
        const record = storage.get(place);
        try {
          const { iv, data, revision } = JSON.parse(record);
          const how = { name: "AES-GCM", iv: fromBase64(iv), additionalData: this.about };
          const words = JSON.parse(decoder.decode(await crypto.subtle.decrypt(how, key, fromBase64(data))));
          return { ...words, revision, record, place };
        } catch {
          // written under another key, or not whole: age removes it
        }
      }
      return null;
    }

    own({ record, text, place }) {
      this.record = record;
      this.text = text;
      this.place = place;
    }

    isOurs() {
      return this.record !== null && storage.get(this.place) === this.record;
    }

    holds(text) {
      return this.text === text && this.isOurs();
    }

    remove() {
      this.written = ++this.turn;
      if (this.isOurs()) storage.remove(this.place);
      this.record = null;
      this.text = null;
    }
  }

  /* ------------------------------------------------------------ small pieces of page */

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function icon(sprite, name) {
    const SVG = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "i");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `${sprite}#${name}`);
    svg.append(use);
    return svg;
  }

  let ids = 0;
  const nextId = () => `autosave-${++ids}`;

  /* ------------------------------------------------------------ one field */

  class Field {
    constructor(form, name, controls) {
      this.form = form;
      this.name = name;
      this.controls = controls;
      this.isChoice = ["radio", "checkbox"].includes(controls[0].type);
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
      this.kept = new Kept(form, name);
    }

    value() {
      if (!this.isChoice) return this.controls[0].value;
      const checked = this.controls.find((control) => control.checked);
      return checked ? checked.value : "";
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
      if (this.isChoice) {
        const checked = this.controls.find((control) => control.defaultChecked);
        return checked ? checked.value : "";
      }
      const control = this.controls[0];
      if (control.tagName !== "SELECT") return control.defaultValue;
      const options = Array.from(control.options);
      const chosen = options.find((option) => option.defaultSelected) || options[0];
      return chosen ? chosen.value : "";
    }

    // A choice is shown in its words.
    inWords(text) {
      const control = this.isChoice && this.controls.find((one) => one.value === text);
      const label = control && control.labels && control.labels[0];
      return label ? label.textContent.trim().replace(/\s+/g, " ") : text;
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
      if (this.isChoice) this.put(this.stored);
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
        .write({ text: this.value(), sent: this.sent, revision: this.revision })
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
        answer = await this.post(text, this.revision);
      } catch {
        return this.failed();
      }
      this.sent = null;
      this.retry = FIRST_RETRY;
      this.trouble = null;
      if (answer.status === 200) return this.saved(text, answer.data);
      if (answer.status === 409) return this.movedOn(text, answer.data);
      if (answer.status === 422) return this.isRefused(text, answer.data);
      this.closed = true;
      this.trouble = { rank: 2, icon: "lock", text: answer.data.status };
      this.keep();
      return false;
    }

    async post(text, revision) {
      const body = new URLSearchParams({ field: this.name, text, revision });
      const response = await fetch(this.form.url, {
        method: "POST",
        headers: { "X-Autosave": "1", "X-CSRFToken": this.form.token(), "X-Person": this.form.person },
        body,
        credentials: "same-origin",
        redirect: "manual", // to the sign-in page: not an answer
        keepalive: body.toString().length < KEEPALIVE_LIMIT,
        signal: AbortSignal.timeout(NO_ANSWER),
      });
      if (![200, 403, 409, 422].includes(response.status)) throw new Error("no answer");
      const data = await response.json();
      if (typeof data.status !== "string") throw new Error("no answer");
      return { status: response.status, data };
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
        const time = new Date().toTimeString().slice(0, 5);
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

    failed() {
      this.trouble = { rank: 1, icon: "wifi-off" };
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
      const mine = side(this.isChoice ? "What you chose here" : "What you typed here", this.inWords(this.value()));
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
      if (!this.isChoice) {
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
      this.person = node.dataset.person || "";
      this.sprite = node.dataset.sprite || "";
      this.key = importKey(node);
      this.status = node.querySelector("[data-saved]") || node.appendChild(this.makeStatus());
      this.status.id ||= nextId();
      this.clashes = node.querySelector("[data-clash]") || this.status.parentNode.appendChild(element("div"));
      this.statusBefore = Array.from(this.status.childNodes);
      this.lastSaved = null;
      this.shown = null;
      const byName = new Map();
      for (const control of node.elements) {
        const name = control.dataset.field;
        if (name) byName.set(name, [...(byName.get(name) || []), control]);
      }
      this.fields = Array.from(byName, ([name, controls]) => new Field(this, name, controls));
    }

    makeStatus() {
      const made = element("p", "saved");
      made.setAttribute("role", "status");
      return made;
    }

    begin() {
      for (const field of this.fields) {
        for (const control of field.controls) {
          control.addEventListener("input", () => field.changed());
          control.addEventListener("change", () => field.save());
          control.addEventListener("blur", () => field.save());
        }
      }
      for (const field of this.fields) field.begin();
    }

    // The cookie is newer than the page when somebody has signed in again in another tab.
    token() {
      const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
      const input = this.node.querySelector("[name=csrfmiddlewaretoken]");
      return cookie ? cookie.slice("csrftoken=".length) : input ? input.value : "";
    }

    // <input type="hidden" data-revision-of="words"> goes with the form when it is sent in the ordinary way.
    tellOrdinarySubmit(name, revision) {
      for (const control of this.node.elements) {
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
      if (worst && worst.icon === "wifi-off") {
        const kept = unsaved.every((field) => field.isKept());
        this.say("wifi-off", kept ? "Not saved yet, kept here" : "Not saved yet", false);
      } else if (worst) {
        this.say(worst.icon, worst.text, Boolean(worst.wrong));
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
      this.status.replaceChildren(icon(this.sprite, name), element("span", "", text));
    }

    saveAll() {
      return Promise.all(this.fields.filter((field) => field.isPending() || field.saving).map((field) => field.save()));
    }
  }

  /* ------------------------------------------------------------ the page */

  forgetWhatIsOld();
  const forms = Array.from(document.querySelectorAll("form[data-autosave]"), (node) => new Form(node));
  if (!forms.length) return;
  for (const form of forms) form.begin();

  const saveEverything = () => Promise.all(forms.map((form) => form.saveAll()));
  const isAnythingPending = () => forms.some((form) => form.fields.some((field) => field.isPending() || field.saving));

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) saveEverything();
  });
  window.addEventListener("pagehide", saveEverything);
  window.addEventListener("online", () => {
    for (const form of forms) for (const field of form.fields) field.retry = FIRST_RETRY;
    saveEverything();
  });

  // Words that could not be kept would be lost with the page.
  window.addEventListener("beforeunload", (event) => {
    const lost = forms.some((form) => form.unsaved().some((field) => !field.isKept()));
    if (lost) event.preventDefault();
  });

  // An ordinary form waits for words on their way, so that the next page shows them.
  let waiting = false;
  let passing = false;
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (passing || form.getAttribute("method") === "dialog") return;
      if (!waiting && (!navigator.onLine || !isAnythingPending())) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (waiting) return;
      waiting = true;
      const enough = new Promise((resolve) => {
        setTimeout(resolve, BEFORE_SUBMIT);
      });
      Promise.race([saveEverything().catch(() => {}), enough]).then(() => {
        waiting = false;
        passing = true;
        form.requestSubmit(event.submitter);
        passing = false;
      });
    },
    { capture: true },
  );
})();
