import assert from "node:assert/strict";
import { test } from "node:test";

import { page, settled } from "./page.js";

page('<form method="post"><label for="what">What</label><textarea id="what" name="what"></textarea></form>');
window.HTMLDialogElement.prototype.showModal ??= function () { this.open = true; };
const gone = [];
globalThis.location = { pathname: "/goals/", search: "", assign: (address) => gone.push(address) };
let answer = { status: 204, person: "wanda", left: 1200 };
const asked = [];
globalThis.fetch = async (url, { headers }) => {
  asked.push(headers);
  if (answer === "away") throw new TypeError("no connection");
  const said = new Headers({ "X-Person": answer.person || "", "X-Seconds-Left": String(answer.left) });
  return { status: answer.status, type: "basic", headers: said };
};
const { movesByItself } = await import("../../static/js/idle.js");
const what = document.getElementById("what");
const main = document.getElementById("main");
const warning = () => document.querySelector("dialog");
const cover = () => document.querySelector("body > main:not(#main)");

async function look() {
  document.dispatchEvent(new window.Event("pointerdown"));
  document.dispatchEvent(new window.Event("visibilitychange"));
  await settled();
}

test("whoever is there is asked about by a request of theirs, and stays", async () => {
  await look();
  assert.deepEqual(asked.at(-1), {});
  assert.deepEqual([warning(), cover(), gone], [null, null, []]);
});

test("what a script moves is nobody's doing", async () => {
  await settled(10);
  movesByItself();
  const before = asked.length;
  document.dispatchEvent(new window.Event("scroll"));
  document.dispatchEvent(new window.Event("visibilitychange"));
  await settled();
  assert.equal(asked.length, before); // nobody has moved, and there is time
});

test("two minutes before, the page says so and offers to stay", async () => {
  await settled(600);
  answer = { status: 204, person: "wanda", left: 90 };
  await look();
  assert.match(warning().textContent, /Are you still here\?/);
  assert.match(document.title, /^Are you still here\?/);
  answer = { status: 204, person: "wanda", left: 1200 };
  warning().close();
  await settled();
  assert.equal(warning(), null);
});

test("without a connection nothing is known, and nothing happens", async () => {
  answer = "away";
  await look();
  assert.deepEqual([cover(), gone], [null, []]);
});

test("signed out with nothing typed, the page goes", async () => {
  answer = { status: 401 };
  await look();
  assert.deepEqual(gone, ["/login/?next=%2Fgoals%2F"]);
  assert.equal(cover(), null);
});

test("signed out with words that would be lost, it is covered until the same person is back", async () => {
  what.value = "Not sent";
  answer = { status: 401 };
  await look();
  assert.equal(main.hidden, true);
  assert.match(cover().textContent, /You had been away for a while/);
  const back = cover().querySelector("button");

  answer = { status: 204, person: "sam", left: 1200 };
  back.click();
  await settled();
  assert.match(cover().textContent, /Somebody else is signed in here now/);
  assert.equal(main.hidden, true);

  answer = { status: 204, person: "wanda", left: 1200 };
  back.click();
  await settled();
  assert.equal(cover(), null);
  assert.equal(main.hidden, false);
  assert.equal(what.value, "Not sent");
});
