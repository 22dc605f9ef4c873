// What a form's key and the answer to a form need of a browser (sopcoach/sending). Everything works without it.

let keys = {};

// A page that answers a form isn't sent again by loading it anew: its place in the history is the page it came from.
const { reload } = document.getElementById("main").dataset;
if (reload) history.replaceState(history.state, "", reload);

// Going back to a page makes it anew, with new keys. A form in which something is written gets its old key again, so
// that sending it once more from there makes nothing twice; one that says what it showed is asked about that instead.
// The key names its person, and is put back for nobody else.
const writes = (form) =>
  form.querySelector("textarea, input:not([type=hidden], [type=radio], [type=checkbox], [type=file])") &&
  !form.querySelector("[name^='was-']");
const personOf = (key) => key.split(".")[1];

function remember(before) {
  const met = {};
  keys = {};
  for (const field of document.querySelectorAll("input[name=form_key]")) {
    if (!writes(field.form)) continue;
    const action = field.form.getAttribute("action") || location.pathname;
    met[action] = (met[action] || 0) + 1;
    const place = `${action} ${met[action]}`;
    if (before[place] && personOf(before[place]) === personOf(field.value)) field.value = before[place];
    keys[place] = field.value;
  }
  keep();
}

function keep() {
  if (Object.keys(keys).length || history.state?.formKeys) history.replaceState({ ...history.state, formKeys: keys }, "");
}

remember((!reload && history.state?.formKeys) || {});
document.addEventListener("htmx:beforeHistoryUpdate", keep); // htmx has just put its own in their place
// in the same moment as its place in the history, before anybody can have gone back
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.boosted) remember({});
});
