// A +1 that meets no network waits on this phone and is sent by itself. What waits is an address and the id of the tap,
// no words; the server counts an id once, however often it arrives (product.md, 10).
(() => {
  "use strict";
  const place = document.querySelector("[data-offline]");
  if (!place) return;
  const note = place.querySelector(".note");
  const person = place.dataset.offline;
  const store = `sopcoach.practice.${person}`;
  let sending = false;

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
    const parts = [
      [navigator.onLine ? "There’s no connection to SOP Coach just now. " : "You’re offline. "],
      [one ? "1 entry is waiting on this phone" : `${waiting.length} entries are waiting on this phone`, true],
      [one ? " and will be sent by itself." : " and will be sent by themselves."],
    ];
    say(waiting.length ? parts : [], { offline: true });
  };

  const keep = (form) => {
    const key = form.elements.namedItem("client_key");
    const waiting = read();
    if (!waiting.some((one) => one.key === key.value)) waiting.push({ url: form.getAttribute("action"), key: key.value });
    if (!write(waiting)) {
      say([["There’s no connection, and this phone keeps nothing here. Please tap again later."]], { offline: true });
      return;
    }
    key.value = newKey();
    show();
  };

  const send = async () => {
    if (sending) return;
    sending = true;
    let lost = 0;
    try {
      for (let waiting = read(); waiting.length; waiting = read()) {
        const [first] = waiting;
        const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
        const answer = await fetch(first.url, {
          method: "POST",
          headers: { "X-CSRFToken": token, "HX-Request": "true" },
          body: new URLSearchParams({ client_key: first.key }),
        });
        // Signed out meanwhile, or the server is unwell: it goes on waiting.
        if (answer.redirected || answer.status >= 500) break;
        if (!answer.ok) lost += 1;
        write(read().filter((one) => one.key !== first.key));
        if (answer.ok) put(first.url, await answer.text());
      }
    } catch {
      // Still no network: the next "online" tries again.
    } finally {
      sending = false;
    }
    show();
    if (lost) say([["An entry that waited here was not counted, since its goal is reached or rests."]]);
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

  document.addEventListener("htmx:sendError", (event) => {
    if (event.target.matches?.("form[data-plus]")) keep(event.target);
    else if (event.target.closest?.(".after"))
      say([["There’s no connection just now. What you wrote is still here: send it again in a moment."]], { offline: true });
  });
  // A no of the server's is a page with one sentence; htmx leaves the row as it is.
  document.addEventListener("htmx:responseError", (event) => {
    if (!event.target.closest?.(".goal")) return;
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const sentence = page.getElementById("why")?.textContent;
    say([[sentence || "That didn’t work just now. Nothing has changed; open the page again."]]);
  });
  document.addEventListener("htmx:afterSettle", show);
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") send();
  });
  show();
  send();
})();
