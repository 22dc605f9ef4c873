// What a page shows of its fields, for a test that finds them by itself (fields.py): window.fields.
(() => {
  "use strict";

  const NOT_TYPED = ["hidden", "submit", "button", "image", "reset"];
  const isTicked = (control) => ["radio", "checkbox"].includes(control.type);
  const isList = (control) => control.tagName === "SELECT";
  const sendsItself = (form) => form.hasAttribute("hx-post") && form.getAttribute("hx-trigger") === "change";

  // What saves itself does so where it stands, and may go with a form of the whole page when that is sent.
  const formOf = (control) => (control.dataset.field && control.closest("form")) || control.form;

  // What the product promises of a field before it is sent.
  function howKept(control) {
    if (control.form?.method !== "post") return "asks";
    if (control.dataset.field) return "saves itself";
    return sendsItself(control.form) ? "sends itself" : "kept";
  }

  // A field is told from the others of its page by the address of its form, which of the forms to it this is, and its name.
  function controls() {
    const met = {};
    const places = new Map();
    const found = new Map();
    for (const control of document.querySelectorAll("input, select, textarea")) {
      if (NOT_TYPED.includes(control.type) || control.matches(":disabled, [readonly]")) continue;
      if (!control.name) continue; // it says how the page looks and is sent nowhere
      const form = formOf(control);
      if (!places.has(form)) {
        const path = form ? new URL(form.getAttribute("action") || location.href, location.href).pathname : "";
        met[path] = (met[path] || 0) + 1;
        places.set(form, `${path} ${met[path]}`);
      }
      const key = `${places.get(form)} ${control.name}`;
      found.set(key, [...(found.get(key) || []), control]);
    }
    return found;
  }

  function valuesOf(list) {
    return list.flatMap((control) => {
      if (isTicked(control)) return control.checked ? [control.value] : [];
      return isList(control) ? Array.from(control.selectedOptions, (option) => option.value) : [control.value];
    });
  }

  function choicesOf(list) {
    return list.flatMap((control) => {
      if (isTicked(control)) return [control.value];
      return isList(control) ? Array.from(control.options, (option) => option.value) : [];
    });
  }

  const find = () =>
    Array.from(controls(), ([key, list]) => ({
      key,
      name: list[0].name,
      kind: isList(list[0]) || list[0].tagName === "TEXTAREA" ? list[0].tagName.toLowerCase() : list[0].type,
      how: howKept(list[0]),
      choices: choicesOf(list),
      values: valuesOf(list),
      bounds: [list[0].min || "", list[0].max || ""],
    }));

  // The marks that the page's own scripts set: of a form that saves itself, of one that sends itself, of one kept here.
  function isKept(keys) {
    const found = controls();
    return keys.every((key) => {
      const form = formOf(found.get(key)[0]);
      if (form.hasAttribute("data-autosave")) return !form.hasAttribute("data-unsaved");
      if (sendsItself(form)) return !form.matches("[data-kept], .htmx-request");
      return form.hasAttribute("data-kept");
    });
  }

  function stand(wanted) {
    const found = controls();
    return Object.entries(wanted).every(
      ([key, values]) => found.has(key) && JSON.stringify(valuesOf(found.get(key))) === JSON.stringify(values),
    );
  }

  const open = () => document.querySelectorAll("details").forEach((part) => (part.open = true));
  const controlsOf = (key) => controls().get(key);

  window.fields = { find, isKept, stand, open, controlsOf };
})();
