// Whose page this is (<body> of templates/base.html): a name that says nothing, where their requests go, and the key of
// what this browser keeps for them. Where nobody is signed in there is no name.

import { fromBase64 } from "./base64.js";

export const { person = "", sprite = "", here = "", signIn = "", idleMinutes } = document.body.dataset;
export const key = importKey(document.body.dataset.keep);
document.body.removeAttribute("data-keep");

// The key can be used here but not read out of the page again.
async function importKey(raw) {
  if (!raw || !window.crypto?.subtle) return null;
  try {
    return await crypto.subtle.importKey("raw", fromBase64(raw), "AES-GCM", false, ["encrypt", "decrypt"]);
  } catch {
    return null;
  }
}
