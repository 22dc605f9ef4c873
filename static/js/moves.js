// Pages of the workflow follow one another without their shell being made anew (sopcoach/sending/htmx.py, ADR 31): what
// a link or a form leads to takes the place of <main>, by its own address, as if it had been opened. Back and reload
// load a page whole, so that nothing of it is kept in this browser.

import { forms } from "./autosave.js";

const BEFORE_MOVE = 2000;
const soon = () => new Promise((resolve) => setTimeout(resolve, BEFORE_MOVE));
const isMove = (sender) => sender.matches("a, form") && !sender.matches("[hx-get], [hx-post]");

// What saves itself is saved first; what sends nothing (a form's hidden first button) sends nothing here either.
document.addEventListener("htmx:confirm", (event) => {
  const { elt: sender, triggeringEvent, issueRequest } = event.detail;
  if (!isMove(sender)) return;
  if (triggeringEvent?.submitter?.formMethod === "dialog") event.preventDefault();
  else if (sender.matches("a") && forms.some((form) => form.unsaved().length)) {
    event.preventDefault();
    Promise.race([Promise.all(forms.map((form) => form.saveAll())), soon()]).then(() => issueRequest(true));
  }
});

// A button may stand outside of its form, and have an address of its own.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const button = detail.boosted && detail.triggeringEvent?.submitter;
  if (!button) return;
  if (button.hasAttribute("formaction")) detail.path = button.getAttribute("formaction");
  if (button.name && !detail.formData.has(button.name)) detail.formData.append(button.name, button.value);
});

// Whatever is answered as a page is shown as one, a refusal too.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.boosted || !/<main\b/.test(detail.serverResponse)) return;
  detail.shouldSwap = true;
  detail.isError = false;
  detail.target = document.getElementById("main");
  detail.selectOverride = "#main";
  detail.swapOverride = "outerHTML";
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.boosted) arrive();
});

// As where a page is opened: from its top, at its heading, or at what has to be put right.
function arrive() {
  const main = document.getElementById("main");
  document.body.className = main.dataset.bodyClass;
  const aim = location.hash && document.getElementById(location.hash.slice(1));
  const place = aim || main.querySelector(".wrong[tabindex], [autofocus]") || main.querySelector("h1") || main;
  if (!place.matches("a, button, input, select, textarea, [tabindex]")) place.tabIndex = -1;
  window.scrollTo({ top: 0, behavior: "instant" });
  place.focus({ preventScroll: !place.matches(".wrong, [autofocus]") && place !== aim });
}

// htmx would put back a page that it had kept.
window.addEventListener("popstate", (event) => {
  if (!event.state?.htmx) return;
  event.stopImmediatePropagation();
  location.reload();
});
