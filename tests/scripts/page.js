// A page for the scripts to stand in: `await page(html)` before they are imported, once in each file of tests.

import { Window } from "happy-dom";

export const KEY = "d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3c="; // Wanda's
export const BODY = { person: "wanda", keep: KEY, sprite: "/sprite.svg", here: "/here/", signIn: "/login/", idleMinutes: "20" };
const FROM_WINDOW = [
  "document", "localStorage", "location", "history", "Event", "CustomEvent", "Node", "Element", "HTMLElement", "DOMParser",
  "MutationObserver", "getComputedStyle",
];

export function page(html, { url = "http://coach.example/coaching/x/purpose/", body = BODY } = {}) {
  const window = new Window({ url, settings: { disableErrorCapturing: true } });
  globalThis.window = window;
  for (const name of FROM_WINDOW) globalThis[name] = window[name];
  Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
  window.crypto ??= globalThis.crypto;
  Object.defineProperty(window, "crypto", { value: globalThis.crypto, configurable: true });
  globalThis.CSS = { escape: (text) => text };
  globalThis.ResizeObserver = class { observe() {} };
  window.document.body.innerHTML = `<main id="main"><h1>Why are we meeting?</h1>${html}</main>`;
  window.document.documentElement.lang = "en";
  Object.assign(window.document.body.dataset, body);
  return window;
}

// Answers one after the other, the last for ever: [status, data] or "away".
export function answering(asked, ...answers) {
  return async (url, { body }) => {
    asked.push(Object.fromEntries(body));
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === "away") throw new TypeError("no connection");
    return { status: answer[0], json: async () => answer[1] };
  };
}

export const settled = (ms = 60) => new Promise((resolve) => setTimeout(resolve, ms));

export function type(field, text) {
  field.value = text;
  field.dispatchEvent(new window.Event("input", { bubbles: true }));
}
