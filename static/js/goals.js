// A day of one's own and a quick day: picking one lets go of the other, since the day of one's own would win.
(() => {
  "use strict";
  const form = document.querySelector("form[data-goal]");
  if (!form) return;
  const day = form.elements.namedItem("day");
  const quick = [...form.querySelectorAll('input[name="by"]')];
  form.addEventListener("input", (event) => {
    if (event.target === day && day.value) quick.forEach((radio) => (radio.checked = false));
    if (quick.includes(event.target)) day.value = "";
  });
})();
