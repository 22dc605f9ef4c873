// What this browser keeps so that a phone works without a signal (ADR 39): copies of pages, and what waits to be sent.
//
// All of it is sealed by a key that is made here. That key is wrapped by the one that only its person's own pages carry,
// so whoever is signed out leaves nothing that can be opened until they come back. Only on a phone that its person calls
// their own does the key itself stay, where scripts can use it and not read it. Seven days without an answer of the
// server's, or another person: everything goes.

const NAME = "sopcoach";
const STORES = ["phone", "copies", "waiting"];
export const WEEK = 7 * 24 * 60 * 60 * 1000;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// `act` is given the stores by their names, and makes its requests one after another, with nothing else in between.
async function within(stores, mode, act) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => STORES.forEach((one) => opening.result.createObjectStore(one, { keyPath: "id" }));
  const db = await settled(opening);
  db.onversionchange = () => db.close(); // it is being emptied
  try {
    const turn = db.transaction(stores, mode, { durability: "strict" });
    const isDone = new Promise((resolve, reject) => {
      turn.oncomplete = resolve;
      turn.onabort = () => reject(turn.error);
    });
    const result = await act((name) => turn.objectStore(name));
    await isDone; // a phone may be put away at once
    return result;
  } finally {
    db.close();
  }
}

const inOne = (store, mode, act) => within([store], mode, (stores) => settled(act(stores(store))));
const read = (store, id) => inOne(store, "readonly", (rows) => rows.get(id));
const all = (store) => inOne(store, "readonly", (rows) => rows.getAll());
const put = (store, row) => inOne(store, "readwrite", (rows) => rows.put(row));
const remove = (store, id) => inOne(store, "readwrite", (rows) => rows.delete(id));
const clear = (store) => inOne(store, "readwrite", (rows) => rows.clear());

/* ------------------------------------------------------------ sealing */

async function seal(key, about, plain) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(about) };
  return { iv, data: new Uint8Array(await crypto.subtle.encrypt(how, key, plain)) };
}

async function unseal(key, about, { iv, data }) {
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(about) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, data));
}

const sealWords = (key, about, words) => seal(key, about, encoder.encode(JSON.stringify(words)));
const unsealWords = async (key, about, sealed) => JSON.parse(decoder.decode(await unseal(key, about, sealed)));

/* ------------------------------------------------------------ whose it is */

// {person, isOwn, key}, or null where nothing is kept. `key` is there on a phone of one's own alone.
export async function kept() {
  const state = await read("phone", "state").catch(() => null);
  if (!state) return null;
  if (Math.abs(Date.now() - state.at) < WEEK) return state;
  await empty();
  return null;
}

// The key by which this person's things are sealed here. `theirs` is what their pages carry; with `isOwn` the key stays.
export const begin = (person, theirs, isOwn) =>
  navigator.locks.request("sopcoach.key", () => makeOrOpen(person, theirs, isOwn));

async function makeOrOpen(person, theirs, isOwn) {
  let state = await kept();
  let raw = null;
  if (state?.person === person) raw = await unseal(theirs, person, state.wrapped).catch(() => null);
  if (!raw) {
    await empty();
    raw = crypto.getRandomValues(new Uint8Array(32));
    state = { id: "state", person, wrapped: await seal(theirs, person, raw) };
  }
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  const stays = isOwn ?? state.isOwn ?? false;
  await put("phone", { ...state, at: Date.now(), isOwn: stays, key: stays ? key : null });
  return key;
}

// Nobody is signed in any more: copies and key go. What waits stays until its person comes back, and nobody can open it;
// and so does it that the phone is their own.
async function leave(state) {
  if (!state.isOwn && !(await waits())) {
    await empty();
    return;
  }
  await clear("copies");
  await put("phone", { ...state, key: null });
}

export const empty = () => settled(indexedDB.deleteDatabase(NAME)).catch(() => Promise.all(STORES.map(clear)));

// Whoever has answered: `person` as the server names them, "nobody" for none.
export async function answeredFor(person) {
  const state = await kept();
  if (!state) return;
  if (person === "nobody") await leave(state);
  else if (person !== state.person) await empty();
}

/* ------------------------------------------------------------ copies of pages */

// Fetched and sealed, it may come too late: whoever has left meanwhile, in another tab too, leaves nothing here.
export async function keepCopy(key, address, release, copy) {
  const row = { id: address, release, at: Date.now(), ...(await sealWords(key, address, copy)) };
  await within(["phone", "copies"], "readwrite", async (stores) => {
    const state = await settled(stores("phone").get("state"));
    if (state?.key) await settled(stores("copies").put(row));
  });
}

export const copies = () => all("copies");
export const forget = (address) => remove("copies", address);

// {html, headers} of a page as this release made it, or null.
export async function copyOf(address, release) {
  const state = await kept();
  const row = state?.key ? await read("copies", address) : null;
  if (!row || row.release !== release || Date.now() - row.at > WEEK) return null;
  return unsealWords(state.key, address, row).catch(() => null);
}

/* ------------------------------------------------------------ what waits */

// How many things wait, whoever may open them.
export async function waits() {
  const rows = await all("waiting");
  const old = rows.filter((row) => !(Date.now() - row.at < WEEK));
  await Promise.all(old.map((row) => remove("waiting", row.id)));
  return rows.length - old.length;
}

export async function waiting(key) {
  await waits();
  const rows = (await all("waiting")).sort((one, other) => one.at - other.at);
  const opened = rows.map(async (row) => {
    const words = await unsealWords(key, row.id, row).catch(() => null);
    return words && { ...words, id: row.id, at: row.at };
  });
  return (await Promise.all(opened)).filter(Boolean);
}

export async function wait(key, { id, at = Date.now(), ...words }) {
  await put("waiting", { id, at, ...(await sealWords(key, id, words)) });
}

export const letGo = (id) => remove("waiting", id);
