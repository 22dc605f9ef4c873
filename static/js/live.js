// Keeps [data-live="address"] in step with the server, for what the other person writes meanwhile.
//
// It asks every five seconds, or every data-live-every milliseconds.
//
// Only that section is touched, never where somebody's focus or selection is. When the whole page has changed
// (X-Reload: 1) it is loaded again, unless words are being typed: then a link says so at the top of what is in sight,
// and waits.
(() => {
  "use strict";

  const EVERY = 5000;
  const ON_THE_WAY = 20000;

  // A page on its way to the next one stays as it is: loading it again would call off what was just sent. Somebody
  // may also choose to stay, so this lasts a while only.
  let left = -Infinity;
  const isLeaving = () => performance.now() - left < ON_THE_WAY || (window.sopcoach && window.sopcoach.isLeaving);
  window.addEventListener("beforeunload", () => {
    left = performance.now();
  });
  window.addEventListener("pageshow", () => {
    left = -Infinity;
  });

  let news = null; // one for the whole page

  const isText = (control) => control && control.matches("textarea, select, input:not([type=button], [type=submit])");

  function isBeingTyped() {
    if (document.querySelector("form[data-unsaved]") || isText(document.activeElement)) return true;
    const others = document.querySelectorAll("form :is(textarea, input):not([data-field], [type=hidden])");
    return Array.from(others).some((control) =>
      ["radio", "checkbox"].includes(control.type)
        ? control.checked !== control.defaultChecked
        : control.value !== control.defaultValue,
    );
  }

  function isInUse(section) {
    const selection = document.getSelection();
    const selects = selection && !selection.isCollapsed && selection.containsNode(section, true);
    return section.contains(document.activeElement) || selects;
  }

  // Only what has changed is put in place, so that somebody who listens to the page isn't read all of it again.
  function merge(old, fresh) {
    const next = Array.from(fresh.childNodes);
    Array.from(old.childNodes).slice(next.length).forEach((node) => node.remove());
    next.forEach((node, place) => {
      const stands = old.childNodes[place];
      if (!stands) old.append(node);
      else if (stands.isEqualNode(node)) return;
      else if (node.firstElementChild && stands.firstElementChild && stands.cloneNode().isEqualNode(node.cloneNode()))
        merge(stands, node);
      else stands.replaceWith(node);
    });
  }

  class Section {
    constructor(node) {
      this.node = node;
      this.every = Number(node.dataset.liveEvery) || EVERY;
      this.timer = 0;
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
        goOn = await this.fetch();
      } catch {
        // no connection: the next look may find one
      }
      this.looking = false;
      if (goOn) this.next();
    }

    // False when there is nothing more to look for: signed out, or no longer to be seen.
    async fetch() {
      const response = await fetch(this.node.dataset.live, {
        headers: { "X-Live": "1" },
        credentials: "same-origin",
        redirect: "manual",
        cache: "no-store",
        signal: AbortSignal.timeout(EVERY * 2),
      });
      if (response.type === "opaqueredirect") return false;
      if (response.status >= 400 && response.status < 500) return false;
      if (!response.ok) return true;
      if (response.headers.get("X-Reload") === "1") this.offerReload();
      else if ((response.headers.get("Content-Type") || "").startsWith("text/html")) this.show(await response.text());
      return true;
    }

    show(html) {
      const page = new DOMParser().parseFromString(html, "text/html");
      if (page.body.innerHTML.trim() === this.node.innerHTML.trim() || isInUse(this.node)) return;
      merge(this.node, page.body);
      if (window.htmx) window.htmx.process(this.node);
    }

    offerReload() {
      if (isLeaving()) return;
      if (!isBeingTyped()) {
        location.reload();
        return;
      }
      if (news) return;
      news = document.createElement("div");
      news.className = "news";
      news.setAttribute("role", "status");
      (document.querySelector("main") || document.body).prepend(news);
      const note = document.createElement("p");
      note.className = "note mb-0";
      const link = document.createElement("a");
      link.href = location.pathname + location.search;
      link.textContent = "There is something new: show it";
      note.append(link);
      news.append(note);
    }
  }

  const sections = Array.from(document.querySelectorAll("[data-live]"), (node) => new Section(node));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) for (const section of sections) section.look();
  });
})();
