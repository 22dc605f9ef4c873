// Words that the server doesn't have, kept in this browser for whoever wrote them.
//
// They are encrypted under a key that only the signed-in person's pages carry (person.js), since office machines are
// shared. autosave.js and local_drafts.js write them; left_over.js shows what came too late.

import { fromBase64, toBase64 } from "./base64.js";

const PREFIX = "sopcoach.kept.";
const KEEP_FOR = 7 * 24 * 60 * 60 * 1000;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

// Local storage may be full or forbidden: then nothing is kept, and the page says so.
export const storage = {
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

export function forgetWhatIsOld() {
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

// One person's copy of one field. Encryption takes a moment, so every write has a turn: a late one never
// replaces a later one, nor comes back after the words were saved. Two windows with the same field keep their
// words in two places; each comes up when the page is next opened.
export class Kept {
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
export function keptUnder(start, { key, person }) {
  const mine = `${PREFIX}${person}.`;
  return storage.names().flatMap((place) => {
    const found = place.startsWith(mine + start) && /^(.+?\/)\.([\w-]+)(?:\.|$)/.exec(place.slice(mine.length));
    if (!found) return [];
    const [, action, field] = found;
    return [{ kept: new Kept({ key, person, action }, field), place, action, field }];
  });
}

forgetWhatIsOld();
