import assert from "node:assert/strict";
import { test } from "node:test";

import { page } from "./page.js";

const form = (action, key, field) =>
  `<form method="post" action="${action}"><input type="hidden" name="form_key" value="${key}">${field}</form>`;
page(
  form("/goal/", "new1.wanda.s", "<textarea name='what'></textarea>") +
    form("/goal/", "new2.wanda.s", "<input name='what'>") +
    form("/sams/", "new3.wanda.s", "<input name='what'>") +
    form("/tick/", "new4.wanda.s", "<input type='checkbox' name='yes'>") +
    form("/change/", "new5.wanda.s", "<input name='what'><input type='hidden' name='was-what'>"),
);
const before = { "/goal/ 1": "old1.wanda.s", "/goal/ 2": "old2.wanda.s", "/sams/ 1": "old3.sam.s", "/tick/ 1": "old4.wanda.s", "/change/ 1": "old5.wanda.s" };
history.replaceState({ formKeys: before }, "");
await import("../../static/js/sent.js");
const keys = () => Array.from(document.querySelectorAll("[name=form_key]"), (field) => field.value.split(".")[0]);

test("a form in which something is written has its old key again when its author comes back", () => {
  assert.deepEqual(keys().slice(0, 2), ["old1", "old2"]);
});

test("a key is put back for nobody but its person", () => {
  assert.equal(keys()[2], "new3");
});

test("what is only ticked, or says what it showed, has the new one", () => {
  assert.deepEqual(keys().slice(3), ["new4", "new5"]);
});

test("htmx's own note in the history leaves them there", () => {
  history.replaceState({ htmx: true }, "");
  document.body.dispatchEvent(new window.CustomEvent("htmx:beforeHistoryUpdate", { bubbles: true }));
  assert.equal(history.state.htmx, true);
  assert.equal(history.state.formKeys["/goal/ 1"], "old1.wanda.s");
});

test("a page that has come by htmx has keys of its own", () => {
  document.querySelector("[name=form_key]").value = "fresh.wanda.s";
  document.getElementById("main").dispatchEvent(new window.CustomEvent("htmx:afterSwap", { bubbles: true, detail: { boosted: true } }));
  assert.equal(keys()[0], "fresh");
  assert.equal(history.state.formKeys["/goal/ 1"], "fresh.wanda.s");
});
