// Sends what waits on this phone, from a page or from the worker: the oldest first, one sender at a time.
//
// Each thing goes by an id that was made where it was tapped, so the server takes it once, however often it arrives. It
// is let go when the server has it; what it can never take stays, with the reason, until its author has read it.

import { kept, letGo, wait, waiting } from "./store.js";

export const SIGNED_OUT = "You’re signed out.";
const NO_ANSWER = 20000;

// "" once all of it was heard of, else why the rest waits on. `heard` hears of each thing that was sent.
export async function send({ key, person, token, heard = () => {} }) {
  return navigator.locks.request("sopcoach.waiting", async () => {
    for (const one of await waiting(key)) {
      if (one.reason) continue;
      const said = await ask(one, person, await token());
      if ((await kept())?.person !== person) return ""; // signed out meanwhile: it has all gone
      if (said.answer === "have") await letGo(one.id);
      else if (said.answer === "never") await wait(key, { ...one, reason: said.reason });
      else return said.reason || "no answer";
      await heard(one, said);
    }
    return "";
  });
}

// What the server says of it; nothing where it says nothing that can be relied on.
async function ask({ url, fields }, person, token) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "X-Autosave": "1", "X-Phone": "1", "X-CSRFToken": token, "X-Person": person },
      body: new URLSearchParams(fields),
      redirect: "manual",
      signal: AbortSignal.timeout(NO_ANSWER),
    });
    const said = await answer.json();
    if (answer.status === 401) return { reason: SIGNED_OUT };
    return typeof said.answer === "string" ? said : {};
  } catch {
    return {};
  }
}
