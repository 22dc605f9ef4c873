import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { page, settled, type } from "./page.js";

const FORM = ({ key = "key1", basis = "", more = "" } = {}) => `<form method="post" action="/goal/"${more}>
  <input type="hidden" name="form_key" value="${key}.wanda.s"><label for="what">What</label><input id="what" name="what" value="${basis}">
  <button>Set it</button></form>`;
page("");
Object.defineProperty(document, "readyState", { value: "complete" });
await import("../../static/js/local_drafts.js");

const what = () => document.getElementById("what");
const note = () => document.querySelector("[data-typed]");
const keptHere = () => Object.keys(localStorage).filter((name) => name.startsWith("sopcoach.kept."));

async function opened(html) {
  const main = document.getElementById("main");
  main.innerHTML = html;
  main.dispatchEvent(new window.CustomEvent("htmx:load", { bubbles: true }));
  await settled();
}

beforeEach(() => localStorage.clear());

test("what is typed and left is there again, sealed meanwhile, and its author is told", async () => {
  await opened(FORM());
  type(what(), "On five cases");
  await settled();
  assert.equal(keptHere().length, 1);
  assert.ok(!JSON.stringify(localStorage).includes("five cases"));
  await opened(FORM({ key: "key2" }));
  assert.equal(what().value, "On five cases");
  assert.match(note().textContent, /What you had typed is here again/);
});

test("what the server says was sent is thrown away", async () => {
  await opened(FORM());
  type(what(), "On five cases");
  await settled();
  document.cookie = "sopcoach_sent=other.key1; path=/";
  await opened(FORM({ key: "key2" }));
  assert.equal(what().value, "");
  assert.equal(note(), null);
  assert.deepEqual(keptHere(), []);
});

test("what another form sent leaves it alone", async () => {
  await opened(FORM());
  type(what(), "On five cases");
  await settled();
  document.cookie = "sopcoach_sent=other; path=/";
  await opened(FORM({ key: "key2" }));
  assert.equal(what().value, "On five cases");
});

test("where the page says something else meanwhile its author decides", async () => {
  await opened(FORM());
  type(what(), "On five cases");
  await settled();
  await opened(FORM({ key: "key2", basis: "On two cases" }));
  assert.equal(what().value, "On two cases");
  const [back, away] = note().querySelectorAll("button");
  assert.deepEqual([back.textContent, away.textContent], ["Put it back", "Put it away"]);
  back.click();
  await settled();
  assert.equal(what().value, "On five cases");
});

test("started empty, nothing is kept", async () => {
  await opened(FORM());
  type(what(), "On five cases");
  await settled();
  await opened(FORM({ key: "key2" }));
  note().querySelector("button").click();
  await settled();
  assert.equal(what().value, "");
  assert.deepEqual(keptHere(), []);
});

test("typed and taken back again, nothing is kept", async () => {
  await opened(FORM());
  type(what(), "On");
  await settled();
  type(what(), "");
  await settled();
  assert.deepEqual(keptHere(), []);
});

for (const [name, html] of [
  ["that says so", FORM({ more: " data-keep-nothing" })],
  ["that saves itself", FORM({ more: " data-autosave" })],
  ["with a password", FORM().replace("<button>", '<input type="password" name="p"><button>')],
  ["that only asks", FORM().replace('method="post"', 'method="get"')],
]) {
  test(`a form ${name} keeps nothing here`, async () => {
    await opened(html);
    type(what(), "On five cases");
    await settled();
    assert.deepEqual(keptHere(), []);
  });
}
