// Words that the server doesn't have, kept in this browser for whoever wrote them.
//
// They are encrypted under a key that only the signed-in person's pages carry (data-keep), since office machines are
// shared. autosave.js writes them; left_over.js shows what came too late. Both find what they need in window.sopcoach.
(() => {
  "use strict";

  const PREFIX = "sopcoach.kept.";
  const KEEP_FOR = 7 * 24 * 60 * 60 * 1000;
  const NO_ANSWER = 20000;
  const ANSWERS = [200, 400, 401, 403, 404, 409, 422]; // each with a sentence; whatever else comes, it is sent again
  const KEEPALIVE_LIMIT = 60000; // browsers refuse more in requests that outlive their page
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
  async function importKey(node) {
    const raw = node.dataset.keep;
    node.removeAttribute("data-keep");
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
    constructor({ key, person, action }, field) {
      this.key = key;
      this.name = `${PREFIX}${person}.${action}.${field}`;
      this.place = this.name;
      this.about = encoder.encode(`${person}|${action}|${field}`);
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
      const plain = encoder.encode(JSON.stringify({
        text: words.text,
        sent: words.sent,
        name: words.name,
        shown: words.shown,
      }));
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
      const places = storage.names().filter((name) => name === this.name || name.startsWith(`${this.name}.`));
      for (const place of places) {
        const words = await this.open(place);
        if (words) return words;
      }
      return null;
    }

    // Null for what was written under another key, or isn't whole: age removes it.
    async open(place) {
      const key = await this.key;
      const record = storage.get(place);
      if (!key || record === null) return null;
      try {
        const { iv, data, revision } = JSON.parse(record);
        const how = { name: "AES-GCM", iv: fromBase64(iv), additionalData: this.about };
        const words = JSON.parse(decoder.decode(await crypto.subtle.decrypt(how, key, fromBase64(data))));
        return { ...words, revision, record, place };
      } catch {
        return null;
      }
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

  // What one person has kept of the forms whose addresses begin so: [{kept, place, action, field}].
  function keptUnder(start, { key, person }) {
    const mine = `${PREFIX}${person}.`;
    return storage.names().flatMap((place) => {
      const found = place.startsWith(mine + start) && /^(.+?\/)\.([\w-]+)(?:\.|$)/.exec(place.slice(mine.length));
      if (!found) return [];
      const [, action, field] = found;
      return [{ kept: new Kept({ key, person, action }, field), place, action, field }];
    });
  }

  /* ------------------------------------------------------------ sending */

  // The cookie is newer than the page when somebody has signed in again in another tab.
  function token() {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
    const input = document.querySelector("[name=csrfmiddlewaretoken]");
    return cookie ? cookie.slice("csrftoken=".length) : input ? input.value : "";
  }

  // The server's answer to one field, {status, data}. Throws where there was none.
  async function send(url, person, { field, text, revision }) {
    const body = new URLSearchParams({ field, text, revision });
    const response = await fetch(url, {
      method: "POST",
      headers: { "X-Autosave": "1", "X-CSRFToken": token(), "X-Person": person },
      body,
      credentials: "same-origin",
      redirect: "manual",
      keepalive: body.toString().length < KEEPALIVE_LIMIT,
      signal: AbortSignal.timeout(NO_ANSWER),
    });
    if (!ANSWERS.includes(response.status)) throw new Error("no answer");
    const data = await response.json();
    if (typeof data.status !== "string") throw new Error("no answer");
    return { status: response.status, data };
  }

  /* ------------------------------------------------------------ taking words along */

  // True when they are on the clipboard; where a browser forbids that, they are selected, to be copied by hand.
  async function copy(text, shown) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      if (shown.select) shown.select();
      else document.getSelection().selectAllChildren(shown);
      return false;
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

  forgetWhatIsOld();
  const more = { storage, importKey, Kept, keptUnder, token, send, copy, element, icon, nextId, forms: [] };
  Object.assign(window.sopcoach, more);
})();
