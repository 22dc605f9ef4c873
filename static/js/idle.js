// Tells the server while somebody is at this page, and takes the page away once they have been signed out for being
// away, so that nobody else reads it. Whether they are signed out is the server's to say: another tab or a running
// session may count as being there.
//
// What autosave.js keeps comes back after signing in. A form that doesn't save itself would lose its words with the
// page, so there the page is covered instead, and comes back for the same person.
(() => {
  "use strict";

  const { minutes, here, signIn, person } = document.currentScript.dataset;
  const LIMIT = Number(minutes) * 60 * 1000;
  const EVERY = Math.min(60 * 1000, LIMIT / 5);
  let active = Date.now();
  let told = Date.now();
  let asking = false;
  let cover = null;

  async function ask(headers) {
    try {
      return await fetch(here, { headers, credentials: "same-origin", redirect: "manual", cache: "no-store" });
    } catch {
      return null; // no connection: nothing is known
    }
  }

  const isOut = (answer) => answer.type === "opaqueredirect" || answer.status === 401;
  const isOther = (answer) => answer.status === 204 && answer.headers.get("X-Person") !== person;

  async function look() {
    if (asking || cover) return;
    const isHere = active > told;
    if (!isHere && Date.now() - active < LIMIT) return;
    asking = true;
    const began = Date.now();
    const answer = await ask(isHere ? {} : { "X-Live": "1" });
    asking = false;
    if (!answer) return;
    if (isOut(answer) || isOther(answer)) takeAway();
    else if (isHere) told = began;
  }

  function valueAtFirst(select) {
    const options = Array.from(select.options);
    const chosen = options.find((one) => one.defaultSelected) || options[0];
    return chosen ? chosen.value : "";
  }

  function hasWordsToLose() {
    const fields = document.querySelectorAll("form :is(textarea, input, select):not([data-field], [type=hidden])");
    return Array.from(fields).some((field) => {
      if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
      if (field.tagName === "SELECT") return field.value !== valueAtFirst(field);
      return field.value !== field.defaultValue;
    });
  }

  function takeAway() {
    if (hasWordsToLose()) coverPage();
    else location.assign(`${signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
  }

  /* ------------------------------------------------------------ the cover */

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function coverPage() {
    const covered = Array.from(document.body.children).filter((child) => !child.hidden && child.tagName !== "SCRIPT");
    const title = document.title;
    for (const child of covered) child.hidden = true;
    document.title = "SOP Coach";
    cover = element("main", "container-xl py-5", "");
    const box = element("div", "narrow mx-auto", "");
    cover.tabIndex = -1;
    const link = element("a", "btn btn-primary", "Sign in again in a new tab");
    link.href = signIn;
    link.target = "_blank";
    const back = element("button", "btn btn-quiet", "I have signed in");
    back.type = "button";
    const acts = element("div", "d-flex flex-wrap gap-3", "");
    acts.append(link, back);
    const status = element("p", "mt-3", "");
    status.setAttribute("role", "status");
    const lead = "So you were signed out here. What you were writing is still on this page: sign in again, then come back to this tab.";
    box.append(element("h1", "", "You had been away for a while"), element("p", "lead", lead), acts, status);
    cover.append(box);
    document.body.append(cover);
    cover.focus();

    async function uncover() {
      const answer = await ask({});
      if (!cover) return;
      if (!answer) status.textContent = "No connection just now. Try again in a moment.";
      else if (isOther(answer)) status.textContent = "Somebody else is signed in here now, so this page stays covered.";
      else if (isOut(answer)) status.textContent = "You are not signed in yet.";
      else {
        freshenForms();
        cover.remove();
        cover = null;
        for (const child of covered) child.hidden = false;
        document.title = title;
        active = told = Date.now();
        window.removeEventListener("focus", uncover);
      }
    }
    back.addEventListener("click", uncover);
    window.addEventListener("focus", uncover);
  }

  // Signing in has changed the token that forms are sent with.
  function freshenForms() {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
    if (!cookie) return;
    const token = cookie.slice("csrftoken=".length);
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  /* ------------------------------------------------------------ the page */

  const note = () => {
    active = Date.now();
  };
  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchstart"]) {
    document.addEventListener(kind, note, { passive: true, capture: true });
  }
  setInterval(look, EVERY);
  // A computer that wakes up has missed its minutes.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  window.addEventListener("pageshow", look);
})();
