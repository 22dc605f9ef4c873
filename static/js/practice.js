// A +1 that meets no network waits on this phone and is sent by itself. What waits is an address, the id of the tap and
// the instant at which it was made, no words; the server counts an id once, however often it arrives (product.md, 10).
//
// A tap is let go only when the server says that it has it, or why it can't ever count it ({"answer": "have"} or
// "never"); after anything else it waits on. It is sent in its own person's name, or not at all.
import { token } from "./server.js";

(() => {
  const place = document.querySelector("[data-offline]");
  if (!place) return;
  const note = place.querySelector(".note");
  const person = place.dataset.offline;
  const store = `sopcoach.practice.${person}`;
  const SOONEST = 2000;
  const LATEST = 30000;
  let pause = SOONEST; // grows while nobody answers: a moment's failure costs a moment
  let sending = false;
  let asked = false;
  let later = ""; // why the server takes none of them just now
  let timer = 0;
  let shown = []; // what this page says is waiting
  let elsewhere = []; // of these, what another window of this browser has let go: the page doesn't show yet what came of it

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(store));
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  };
  const write = (waiting) => {
    try {
      if (waiting.length) localStorage.setItem(store, JSON.stringify(waiting));
      else localStorage.removeItem(store);
      return true;
    } catch {
      return false;
    }
  };
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  const formOf = (url) => document.querySelector(`form[data-plus][action="${CSS.escape(url)}"]`);

  const say = (parts, { offline = false } = {}) => {
    const words = note.querySelector("span");
    note.querySelector(".i").toggleAttribute("hidden", !offline);
    words.replaceChildren(
      ...parts.map(([text, strong]) => {
        const element = document.createElement(strong ? "strong" : "span");
        element.textContent = text;
        return element;
      }),
    );
    note.hidden = parts.length === 0;
  };

  // Each goal shows its waiting taps as dotted pips, and takes no more taps than it asks for.
  const show = () => {
    const waiting = read();
    shown = waiting;
    document.querySelectorAll("form[data-plus]").forEach((form) => {
      const goal = form.closest(".goal");
      const mine = waiting.filter((one) => one.url === form.getAttribute("action")).length;
      const pips = [...goal.querySelectorAll(".pips i:not(.y)")];
      pips.forEach((pip, index) => pip.classList.toggle("w", index < mine));
      const count = goal.querySelector("[data-count]");
      let words = count.querySelector("[data-waiting]");
      if (!words) {
        words = document.createElement("span");
        words.dataset.waiting = "";
        count.append(words);
      }
      words.textContent = mine ? `, ${mine} waiting` : "";
      form.querySelector(".tap").disabled = pips.length > 0 && mine >= pips.length;
    });
    const one = waiting.length === 1;
    const why = navigator.onLine ? "There’s no connection to SOP Coach just now." : "You’re offline.";
    const parts = [
      [`${later || why} `],
      [one ? "1 entry is waiting on this phone" : `${waiting.length} entries are waiting on this phone`, true],
      [one ? " and will be sent by itself." : " and will be sent by themselves."],
    ];
    say(waiting.length ? parts : [], { offline: !later });
  };

  const keep = (form) => {
    const key = form.elements.namedItem("client_key");
    const waiting = read();
    if (!waiting.some((one) => one.key === key.value)) waiting.push({ url: form.getAttribute("action"), key: key.value, at: new Date().toISOString() });
    if (!write(waiting)) {
      say([["There’s no connection, and this phone keeps nothing here. Please tap again later."]], { offline: true });
      return;
    }
    key.value = newKey();
    show();
  };

  const send = async () => {
    if (sending) {
      asked = true; // something has changed since: once more, when this is done
      return;
    }
    if (!read().length && !elsewhere.length) return;
    asked = false;
    clearTimeout(timer);
    sending = true;
    later = "";
    let met = true; // the server said of each what it makes of it
    const reasons = new Set();
    for (const tap of [...read(), ...elsewhere]) {
      const { answer, reason, row } = await ask(tap);
      const isOurs = !elsewhere.includes(tap);
      if (answer === "have" || answer === "never") {
        elsewhere = elsewhere.filter((one) => one.key !== tap.key);
        write(read().filter((one) => one.key !== tap.key));
      } else if (!reason) {
        met = false; // no network, signed out, or the server is unwell: the others would meet the same
        break;
      }
      if (answer === "have") put(tap.url, row);
      else if (answer === "never" && isOurs) reasons.add(reason);
      else if (answer !== "never") later = reason;
    }
    sending = false;
    show();
    const lost = Array.from(reasons, (reason) => `An entry that waited here was not counted. ${reason} `);
    if (lost.length) say([[lost.join("").trim()], ...(read().length ? [[" The others go on waiting."]] : [])]);
    if (asked) send();
    else if (read().length || elsewhere.length) tryAgain({ met });
  };

  const tryAgain = ({ met = false } = {}) => {
    clearTimeout(timer);
    timer = setTimeout(send, met ? LATEST : pause);
    pause = met ? SOONEST : Math.min(pause * 2, LATEST);
  };

  // What the server says of one tap; nothing where it says nothing that can be relied on.
  const ask = async ({ url, key, at = "" }) => {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "X-Autosave": "1", "X-CSRFToken": token(), "X-Person": place.dataset.person },
        body: new URLSearchParams({ client_key: key, made_at: at }),
        redirect: "manual",
        signal: AbortSignal.timeout(20000),
      });
      const said = await answer.json();
      return typeof said.answer === "string" ? said : {};
    } catch {
      return {};
    }
  };

  const put = (url, row) => {
    const old = formOf(url)?.closest(".goal");
    if (!old) return;
    const parsed = new DOMParser().parseFromString(row, "text/html").querySelector(".goal");
    if (!parsed) return;
    // Sent by itself: the keyboard stays where it is, and nothing is asked about an entry of some time ago.
    parsed.querySelectorAll("[autofocus]").forEach((element) => element.removeAttribute("autofocus"));
    parsed.querySelector(".after")?.remove();
    old.replaceWith(parsed);
    window.htmx?.process(parsed);
  };

  // Whatever became of it, the tap is kept first: the server says what it makes of it when it is sent again.
  for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(kind, ({ detail: { elt } }) => {
      if (!elt.matches("form[data-plus]")) return;
      keep(elt);
      if (kind === "htmx:responseError") send();
      else tryAgain();
    });
  }
  // An id counts once, so what another window has sent can be asked about here as well.
  window.addEventListener("storage", ({ key }) => {
    if (key !== store) return;
    const waiting = read();
    const gone = shown.filter((tap) => !waiting.some((one) => one.key === tap.key));
    elsewhere.push(...gone);
    show();
    if (gone.length) send();
  });
  document.addEventListener("htmx:afterSettle", show);
  window.addEventListener("online", () => {
    pause = SOONEST;
    send();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") send();
  });
  show();
  send();
})();
