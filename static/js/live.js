// Keeps an open page in step with what others do, and never takes it out of its reader's hands (coaching/views/live.py).
//
// [data-live="address"] asks there every two and a half seconds, or every data-live-every milliseconds, while the page can
// be seen. What it was told last, once that is in place, goes along as X-Since (coaching/views/nothing_new.py). The answer is
// - nothing (204), or a fragment for that section;
// - {news, is_same_page}: something else is new. The same page is fetched and what has changed is put in place, around
//   whatever is in use: the focus, the selection, open details and words on their way stay as they are. Another page is
//   only offered, by a link.
// What is new is said in one polite status. data-live-news is said when a section's fragment has changed, once a minute.
//
// Where a group goes on while somebody still writes for its last step, the field stays under their hands, says which
// step it is for, and goes once it is left and saved.
import { Idiomorph } from "idiomorph";
import { adopt, forms } from "./autosave.js";
import { movesByItself } from "./idle.js";
import { isWaiting } from "./leaving.js";

(() => {
  const EVERY = 2500;
  const PATIENCE = 10000;
  const ON_THE_WAY = 20000;
  const SAY_AGAIN_AFTER = 60000;
  const SEEN_AFTER = 5000;
  let main = document.querySelector("main");
  const sections = new Map();

  const isText = (control) => control && control.matches("textarea, select, input:not([type=button], [type=submit])");

  // A page on its way to the next one stays as it is, with the form that is being sent. Somebody may also choose to
  // stay, so this lasts a while only.
  let left = -Infinity;
  const isMoving = () => Boolean(document.querySelector("main :is(a, form).htmx-request"));
  const isLeaving = () => performance.now() - left < ON_THE_WAY || isWaiting() || isMoving();
  window.addEventListener("beforeunload", () => {
    left = performance.now();
  });
  window.addEventListener("pageshow", () => {
    left = -Infinity;
  });

  /* ------------------------------------------------------------ what is in use */

  function selects(node) {
    const selection = document.getSelection();
    return Boolean(selection && !selection.isCollapsed && selection.containsNode(node, true));
  }

  const isInUse = (section) => section.contains(document.activeElement) || selects(section);

  function hasChoicesOrWords(form) {
    return Array.from(form.elements).some((control) => {
      if (control.type === "hidden" || control.dataset.field) return false;
      if (["radio", "checkbox"].includes(control.type)) return control.checked !== control.defaultChecked;
      if (control.tagName === "SELECT") {
        const options = Array.from(control.options);
        const first = options.find((one) => one.defaultSelected) || options[0];
        return Boolean(first) && control.value !== first.value;
      }
      return ["TEXTAREA", "INPUT"].includes(control.tagName) && control.value !== control.defaultValue;
    });
  }

  // What has just been refused is still on its way: the page shows it as if it were stored.
  const isBeingFilled = (form) =>
    form.hasAttribute("data-unsaved") ||
    form.querySelector("[aria-invalid]") !== null ||
    hasChoicesOrWords(form) ||
    (form.contains(document.activeElement) && isText(document.activeElement));

  /* ------------------------------------------------------------ saying it */

  // The status is there before anything is said in it, or it would not be read out.
  const news = document.createElement("div");
  news.className = "news container-xl";
  news.setAttribute("role", "status");
  const whisper = document.createElement("p");
  whisper.className = "visually-hidden";
  whisper.setAttribute("role", "status");
  if (main) main.before(news, whisper);
  let saidAt = -Infinity;
  let shownAt = 0;

  function say(sentence, address = "") {
    const key = `${sentence} ${address}`;
    if (news.dataset.said === key) return;
    keepInPlace(() => {
      const note = document.createElement("p");
      note.className = "note mb-0";
      const words = document.createElement("span");
      words.textContent = sentence;
      note.append(words);
      if (address) {
        const link = document.createElement("a");
        link.href = address;
        link.textContent = "Show it";
        words.append(" ", link);
      }
      news.replaceChildren(note);
    });
    news.dataset.said = key;
    news.toggleAttribute("data-offer", Boolean(address));
    shownAt = performance.now();
  }

  // What has been put in place needs no note for long: it goes with what its reader does next.
  function tidy() {
    if (!news.dataset.said || news.hasAttribute("data-offer") || performance.now() - shownAt < SEEN_AFTER) return;
    delete news.dataset.said;
    keepInPlace(() => news.replaceChildren());
  }
  for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, tidy, { passive: true });

  function sayQuietly(sentence) {
    if (!sentence || performance.now() - saidAt < SAY_AGAIN_AFTER) return;
    saidAt = performance.now();
    whisper.textContent = "";
    setTimeout(() => (whisper.textContent = sentence), 100);
  }

  // What its reader looks at doesn't move on the screen.
  function keepInPlace(change) {
    movesByItself();
    const active = document.activeElement;
    const seen = active && active !== document.body && active !== main ? active : main;
    if (!seen || window.scrollY === 0) {
      change();
      return;
    }
    const before = seen.getBoundingClientRect().top;
    change();
    const by = seen.isConnected ? seen.getBoundingClientRect().top - before : 0;
    if (by) window.scrollBy({ top: by, behavior: "instant" });
  }

  /* ------------------------------------------------------------ putting it in place */

  const callbacks = {
    beforeNodeMorphed(old, fresh) {
      if (!(old instanceof Element) || !(fresh instanceof Element)) return !selects(old);
      // My own field saves itself, and nobody else changes it.
      if (old.matches("form[data-autosave]") && old.getAttribute("action") === fresh.getAttribute("action")) return false;
      if (old.matches("form") && isBeingFilled(old)) return false;
      return true;
    },
    beforeNodeRemoved(node) {
      if (!(node instanceof Element)) return !selects(node);
      if (selects(node)) return false;
      return ![node, ...node.querySelectorAll("form")].some((one) => one.matches("form") && isBeingFilled(one));
    },
    beforeAttributeUpdated: (name, node) => !(name === "open" && node.matches("details")),
  };

  function put(old, fresh, morphStyle) {
    const active = document.activeElement;
    keepInPlace(() => Idiomorph.morph(old, fresh, { morphStyle, callbacks }));
    // What had the focus is gone with what it stood in: reading goes on from the page itself.
    if (active && active !== document.body && !active.isConnected && document.activeElement === document.body && main) {
      main.focus({ preventScroll: true });
    }
    if (window.htmx) window.htmx.process(old);
    adopt(old);
    watch();
  }

  async function ask(address, since = "") {
    return fetch(address, {
      headers: since ? { "X-Live": "1", "X-Since": since } : { "X-Live": "1" },
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  // A form is the same as long as it is sent to the same place. One that saves itself is never made into another: its
  // words would go where they don't belong. Returns those that stay though the fresh page hasn't got them.
  function matchForms(fresh) {
    const ofFresh = Array.from(fresh.querySelectorAll("form"));
    const staying = [];
    for (const form of main.querySelectorAll("form")) {
      const isFilled = isBeingFilled(form);
      if (!isFilled && !form.matches("[data-autosave]")) continue;
      const same = ofFresh.find((one) => one.getAttribute("action") === form.getAttribute("action"));
      if (same && same.id !== form.id) form.id = same.id = `form-${++ids}`;
      if (same) continue;
      setApart(form);
      if (isFilled) staying.push(form);
    }
    return staying;
  }

  // The forms that stay for the last step; null where the page can't be put in place.
  async function showAnew(address) {
    await Promise.all(forms.map((form) => form.saveAll())).catch(() => {});
    const asked = main;
    const response = await ask(address);
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("main");
    if (!fresh || main !== asked || selects(main) || isLeaving()) return null;
    const kept = matchForms(fresh).filter((form) => form.dataset.step && !form.hasAttribute("data-aside"));
    kept.forEach(setAside);
    put(main, fresh.innerHTML, "innerHTML");
    document.title = page.title;
    return kept;
  }

  /* ------------------------------------------------------------ words for the last step */

  let ids = 0;

  // The fresh page may have a field of its own by the same names.
  function setApart(form) {
    if (form.id.includes("-apart-")) return;
    const suffix = `-apart-${++ids}`;
    form.id ||= "form"; // so that no other form is taken for it
    for (const node of [form, ...form.querySelectorAll("[id]")]) {
      const { id } = node;
      if (!id) continue;
      node.id = id + suffix;
      for (const label of form.querySelectorAll(`[for="${CSS.escape(id)}"]`)) label.htmlFor = node.id;
      for (const about of form.querySelectorAll("[aria-describedby]")) {
        const named = about.getAttribute("aria-describedby").split(" ");
        about.setAttribute("aria-describedby", named.map((one) => (one === id ? node.id : one)).join(" "));
      }
    }
  }

  function setAside(form) {
    form.setAttribute("data-aside", "");
    const heading = form.querySelector("h2");
    const name = heading && (heading.querySelector("label") || heading);
    if (name) name.append(` for “${form.dataset.stepTitle}”`);
    for (const button of form.querySelectorAll("button[name]")) button.remove();
  }

  function clearAsides() {
    for (const form of document.querySelectorAll("form[data-aside]")) {
      if (isBeingFilled(form)) continue;
      keepInPlace(() => form.remove());
      const hasWords = Array.from(form.elements).some((control) => control.dataset.field && control.value.trim());
      if (hasWords) say(`Your words for “${form.dataset.stepTitle}” are kept.`, form.getAttribute("action"));
    }
  }

  /* ------------------------------------------------------------ asking */

  class Section {
    constructor(node) {
      this.node = node;
      this.every = Number(node.dataset.liveEvery) || EVERY;
      this.timer = 0;
      this.since = "";
      this.looking = false;
      this.next();
    }

    next() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), this.every);
    }

    async look() {
      clearTimeout(this.timer);
      if (document.hidden || this.looking || !this.node.isConnected) return;
      this.looking = true;
      let goOn = true;
      try {
        clearAsides();
        goOn = await this.fetch();
      } catch {
        // no connection: the next look may find one
      }
      this.looking = false;
      if (goOn) this.next();
    }

    // False when there is nothing more to look for: signed out, or no longer to be seen.
    async fetch() {
      const asked = this.node.dataset.live;
      const response = await ask(asked, this.since);
      if (response.type === "opaqueredirect" || !this.node.isConnected) return false;
      if (response.status >= 400 && response.status < 500) return false;
      if (!response.ok) return true;
      const since = response.headers.get("X-Since") || this.since;
      const type = response.headers.get("Content-Type") || "";
      if (response.status === 204) this.since = since;
      else if (type.startsWith("application/json")) await this.hear(await response.json(), asked);
      else if (type.startsWith("text/html") && this.show(await response.text())) this.since = since;
      return true;
    }

    // Whether it is in place: somebody may be selecting what stands there.
    show(html) {
      const page = new DOMParser().parseFromString(html, "text/html");
      if (page.body.innerHTML.trim() === this.node.innerHTML.trim()) return true;
      if (isInUse(this.node)) return false;
      put(this.node, page.body.innerHTML, "innerHTML");
      sayQuietly(this.node.dataset.liveNews);
      return true;
    }

    async hear({ news: sentence, is_same_page: isSamePage }, asked) {
      if (isLeaving()) return;
      const url = new URL(asked, location.href);
      url.searchParams.delete("state");
      const address = url.pathname + url.search;
      if (!isSamePage) {
        say(sentence, address);
        return;
      }
      const before = main;
      const kept = await showAnew(address);
      if (main !== before) return; // its reader has moved on
      if (!kept) say(sentence, address);
      else say([sentence, ...kept.map((form) => `What you write goes on belonging to “${form.dataset.stepTitle}”.`)].join(" "));
    }
  }

  function watch() {
    for (const [node] of sections) if (!node.isConnected) sections.delete(node);
    for (const node of document.querySelectorAll("[data-live]")) {
      if (!sections.has(node)) sections.set(node, new Section(node));
    }
  }

  watch();
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (!detail.boosted) return;
    main = document.querySelector("main");
    news.replaceChildren();
    delete news.dataset.said;
    watch();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) for (const section of sections.values()) section.look();
  });
})();
