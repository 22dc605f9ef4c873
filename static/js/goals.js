// A day of one's own and a quick day: picking one lets go of the other, since the day of one's own would win.

document.addEventListener("input", ({ target }) => {
  const form = target.form?.matches("[data-goal]") && target.form;
  if (!form) return;
  const day = form.elements.namedItem("day");
  const quick = [...form.querySelectorAll('input[name="by"]')];
  if (target === day && day.value) quick.forEach((radio) => (radio.checked = false));
  if (quick.includes(target)) day.value = "";
});
