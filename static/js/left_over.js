// In a closed session: what this browser still keeps of it (kept.js), in [data-left-over="address of the session"].
//
// It is sent once more, for what was only on its way still arrives. The rest is shown to its author, who has the one
// copy of it, with a way to take it along and one to put it away.

import { keptUnder, storage } from "./kept.js";
import { key, person } from "./person.js";
import { copy, element } from "./pieces.js";
import { send } from "./server.js";

// What went out without an answer goes first: the server may hold that already.
async function arrives({ action, field }, words) {
  let { revision } = words;
  for (const text of words.sent === null || words.sent === words.text ? [words.text] : [words.sent, words.text]) {
    const { status, data } = await send(action, person, { field, text, revision });
    if (status !== 200 && !(status === 409 && data.text === text)) return false;
    revision = data.revision;
  }
  return true;
}

class LeftOver {
  constructor(node) {
    this.node = node;
    this.start = node.dataset.leftOver;
    this.list = node.querySelector("ul");
    this.status = node.querySelector("[role=status]");
    for (const item of this.list.children) this.act(item);
  }

  async look() {
    let arrived = false;
    const here = document.querySelector("main").textContent;
    for (const one of keptUnder(this.start, { key, person })) {
      const words = await one.kept.open(one.place);
      if (!words) continue;
      if (await arrives(one, words).catch(() => false)) {
        storage.remove(one.place);
        arrived ||= !here.includes(words.text);
      } else if (words.text.trim()) this.show(words);
    }
    if (arrived) location.replace(location.pathname + location.search); // never the same POST again
  }

  show({ name, text, shown, place, record }) {
    for (const item of Array.from(this.list.children)) {
      if (item.querySelector("[data-text]").textContent === text) item.remove();
    }
    const item = element("li");
    if (name) item.append(element("p", "form-label mb-0", name));
    const said = element("p", "said mb-2", shown || text);
    said.dataset.text = "";
    item.append(said);
    this.act(item, { place, record });
    this.list.append(item);
    this.node.hidden = false;
  }

  act(item, kept) {
    const acts = element("div", "d-flex flex-wrap gap-2");
    const add = (label, then) => {
      const button = element("button", "btn btn-quiet", label);
      button.type = "button";
      button.addEventListener("click", () => then(button));
      acts.append(button);
    };
    add("Copy", () => this.copy(item.querySelector("[data-text]")));
    if (kept) add("Put it away", (button) => this.putAway(button, item, kept));
    item.append(acts);
  }

  async copy(said) {
    const isCopied = await copy(said.textContent, said);
    this.status.textContent = isCopied ? "Copied." : "It is selected now: copy it from here.";
  }

  // It can be brought back for as long as the page is open.
  putAway(button, item, { place, record }) {
    const isAway = storage.get(place) !== record;
    if (isAway) storage.set(place, record);
    else storage.remove(place);
    item.querySelector("[data-text]").hidden = !isAway;
    button.textContent = isAway ? "Put it away" : "Bring it back";
    this.status.textContent = isAway ? "It is kept in this browser again." : "It is put away.";
  }
}

function begin(place) {
  for (const node of place.querySelectorAll("[data-left-over]")) new LeftOver(node).look();
}

begin(document);
document.addEventListener("htmx:load", ({ target }) => {
  if (target.id === "main") begin(target);
});
