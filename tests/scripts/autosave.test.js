import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { answering, page, settled, type } from "./page.js";

const FORM = (revision = 3, text = "") => `<form method="post" action="/save/" data-autosave>
  <input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="revision" value="${revision}" data-revision-of="words">
  <label for="words">My words</label><textarea id="words" name="words" data-field="words" data-revision="${revision}">${text}</textarea>
  <p role="status" data-saved>Not written in yet</p><div data-clash hidden></div></form>`;
page("");
const { adopt, forms } = await import("../../static/js/autosave.js");

let field;
const says = () => document.querySelector("[data-saved]").textContent;
const clash = () => document.querySelector("[data-clash]");
const press = (label) => Array.from(clash().querySelectorAll("button")).find((one) => one.textContent === label).click();
const keptHere = () => Object.keys(localStorage).filter((name) => name.startsWith("sopcoach.kept."));

async function opened(html = FORM()) {
  document.getElementById("main").innerHTML = html;
  adopt(document);
  field = document.getElementById("words");
  await settled();
}

async function leave(text) {
  type(field, text);
  field.dispatchEvent(new window.Event("blur"));
  await settled();
}

beforeEach(async () => {
  localStorage.clear();
  await opened();
});

test("what is typed is sent with the revision that it began with, and the page says when it is saved", async () => {
  const asked = [];
  globalThis.fetch = answering(asked, [200, { revision: 4, status: "Saved at 10:14" }]);
  await leave("Hello");
  assert.deepEqual(asked.map(({ field: name, text, revision }) => [name, text, revision]), [["words", "Hello", "3"]]);
  assert.equal(says(), "Saved at 10:14");
  assert.equal(document.querySelector("[data-revision-of]").value, "4");
  assert.deepEqual(keptHere(), []);
});

test("words that have moved on are shown beside one's own, and nothing is written over", async () => {
  const asked = [];
  globalThis.fetch = answering(asked, [409, { revision: 7, text: "Of another window", status: "Changed in another window." }], [200, { revision: 8, status: "Saved at 10:15" }]);
  await leave("Mine");
  assert.match(clash().textContent, /Of another window.*Mine/s);
  assert.equal(field.value, "Mine");
  assert.equal(keptHere().length, 1);
  await settled(50);
  assert.equal(asked.length, 1); // nobody has decided yet
  press("Keep mine");
  await settled();
  assert.deepEqual([asked[1].text, asked[1].revision], ["Mine", "7"]);
  assert.equal(clash().hidden, true);
  assert.deepEqual(keptHere(), []);
});

test("both can be kept, and so can the saved one", async () => {
  const asked = [];
  globalThis.fetch = answering(asked, [409, { revision: 7, text: "Theirs", status: "Changed." }], [200, { revision: 8, status: "Saved" }]);
  await leave("Mine");
  press("Keep both");
  await settled();
  assert.equal(asked[1].text, "Theirs\n\nMine");
  globalThis.fetch = answering(asked, [409, { revision: 9, text: "Theirs", status: "Changed." }]);
  await leave("Other");
  press("Take the saved one");
  await settled();
  assert.equal(field.value, "Theirs");
  assert.equal(asked.length, 3);
});

test("the same words under a newer revision were one's own: nobody is asked", async () => {
  const asked = [];
  globalThis.fetch = answering(asked, [409, { revision: 5, text: "Mine", status: "Changed." }]);
  await leave("Mine");
  assert.equal(clash().hidden, true);
  assert.match(says(), /^Saved at /);
});

test("without a connection they are kept here, and sent when it is back", async () => {
  const asked = [];
  globalThis.fetch = answering(asked, "away");
  await leave("Kept");
  assert.equal(says(), "Not saved yet, kept here");
  assert.equal(keptHere().length, 1);
  globalThis.fetch = answering(asked, [200, { revision: 4, status: "Saved at 10:16" }]);
  window.dispatchEvent(new window.Event("online"));
  await settled();
  assert.equal(says(), "Saved at 10:16");
  assert.deepEqual(keptHere(), []);
});

test("what is kept comes back when the page is opened again, and is sent", async () => {
  globalThis.fetch = answering([], "away");
  await leave("Kept");
  const asked = [];
  globalThis.fetch = answering(asked, [200, { revision: 4, status: "Saved at 10:17" }]);
  await opened();
  assert.equal(field.value, "Kept");
  assert.equal(asked[0].text, "Kept");
  assert.deepEqual(keptHere(), []);
});

test("what went out without an answer goes again first, since the server may hold it already", async () => {
  globalThis.fetch = answering([], "away");
  await leave("First");
  const asked = [];
  globalThis.fetch = answering(asked, [409, { revision: 4, text: "First", status: "Changed." }], [200, { revision: 5, status: "Saved" }]);
  await leave("First and more");
  assert.deepEqual(asked.map(({ text, revision }) => [text, revision]), [["First", "3"], ["First and more", "4"]]);
  assert.equal(clash().hidden, true);
});

test("what points to a client is told, and not sent again before it has changed", async () => {
  const asked = [];
  globalThis.fetch = answering(asked, [422, { status: "That looks like a case number." }]);
  await leave("18-20417");
  field.dispatchEvent(new window.Event("blur"));
  await settled();
  assert.equal(asked.length, 1);
  assert.equal(field.getAttribute("aria-invalid"), "true");
  assert.equal(says(), "That looks like a case number.");
});

test("a closed session takes none, and the words can be taken along", async () => {
  globalThis.fetch = answering([], [403, { status: "This session is closed." }]);
  await leave("Too late");
  assert.match(says(), /This session is closed\. Your words are kept here\. Copy my words/);
  assert.equal(keptHere().length, 1);
});

test("whoever is signed out keeps their words and finds the way to sign in", async () => {
  globalThis.fetch = answering([], [401, { status: "You’re signed out.", sign_in: "/login/" }]);
  await leave("Mine");
  assert.match(says(), /You’re signed out\. Your words are kept here\. Sign in/);
  assert.equal(document.querySelector("[data-saved] a").getAttribute("href"), "/login/?next=%2Fcoaching%2Fx%2Fpurpose%2F%23words");
});

test("a form that has gone with its page is none of the open page's any more", async () => {
  document.getElementById("main").innerHTML = "";
  adopt(document);
  assert.equal(forms.length, 0);
});
