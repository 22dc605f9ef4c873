import assert from "node:assert/strict";
import { test } from "node:test";

import { KEY, page } from "./page.js";

const WEEK = 7 * 24 * 60 * 60 * 1000;
page("");
const old = (at) => JSON.stringify({ iv: "", data: "", at, revision: "1" });
localStorage.setItem("sopcoach.kept.wanda./a/.words", old(Date.now() - WEEK - 1000));
localStorage.setItem("sopcoach.kept.wanda./b/.words", old(Date.now() - WEEK + 60000));
localStorage.setItem("sopcoach.kept.wanda./c/.words", "not ours");
localStorage.setItem("somebody.elses", "stays");
const { Kept, keptUnder, storage } = await import("../../static/js/kept.js");
const { key, person } = await import("../../static/js/person.js");

const keyOf = (letter) =>
  crypto.subtle.importKey("raw", new Uint8Array(32).fill(letter.charCodeAt(0)), "AES-GCM", false, ["encrypt", "decrypt"]);
const kept = (field, of = key) => new Kept({ key: of, person, action: "/save/" }, field);
const words = (text) => ({ text, sent: null, revision: "3", name: "Purpose", shown: text });

test("what is older than a week, or none of ours, is forgotten when a page opens", () => {
  assert.deepEqual(storage.names(), ["sopcoach.kept.wanda./b/.words"]);
  assert.equal(localStorage.getItem("somebody.elses"), "stays");
});

test("the key is taken out of the page", () => {
  assert.ok(KEY);
  assert.equal(document.body.hasAttribute("data-keep"), false);
});

test("what is kept can be read back by its author, and by nobody else", async () => {
  await kept("words").write(words("Between us"));
  assert.ok(!localStorage.getItem("sopcoach.kept.wanda./save/.words").includes("Between"));
  assert.equal((await kept("words").read()).text, "Between us");
  assert.equal(await kept("words", keyOf("s")).read(), null);
});

test("it is bound to its field: moved to another it can't be opened", async () => {
  await kept("here").write(words("Here"));
  localStorage.setItem("sopcoach.kept.wanda./save/.there", localStorage.getItem("sopcoach.kept.wanda./save/.here"));
  assert.equal(await kept("there").read(), null);
});

test("a late write never replaces a later one, nor comes back after the words were saved", async () => {
  const one = kept("turns");
  await Promise.all([one.write(words("first")), one.write(words("second"))]);
  assert.equal((await one.read()).text, "second");
  const late = one.write(words("third"));
  one.remove();
  await late;
  assert.equal(await one.read(), null);
});

test("two windows with the same field keep their words in two places", async () => {
  const [one, other] = [kept("both"), kept("both")];
  await one.write(words("of the one"));
  await other.write(words("of the other"));
  one.remove();
  assert.equal((await kept("both").read()).text, "of the other");
  assert.equal(other.holds("of the other"), true);
});

test("what one person has kept under an address is found with its field", async () => {
  await kept("found").write(words("Found"));
  const found = keptUnder("/save/", { key, person });
  assert.ok(found.some(({ action, field }) => action === "/save/" && field === "found"));
  assert.deepEqual(keptUnder("/save/", { key, person: "sam" }), []);
});
