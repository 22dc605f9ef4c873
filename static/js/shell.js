// Small helps for every page. Nothing here is needed for a page to work.
// A form that came back with something to put right: its list of errors takes the focus.
const errors = document.querySelector(".wrong[tabindex]");
if (errors) errors.focus();

// How much the bar at the foot covers, so that whatever gets the focus stops above it.
const measure = () => {
  const bars = document.querySelectorAll(".bar.sticky-bottom, .tabs");
  const heights = Array.from(bars, (bar) =>
    ["fixed", "sticky"].includes(getComputedStyle(bar).position) ? bar.getBoundingClientRect().height : 0,
  );
  document.documentElement.style.setProperty("--bar", `${Math.ceil(Math.max(0, ...heights))}px`);
};
const watching = new ResizeObserver(measure);
function watch() {
  for (const bar of document.querySelectorAll(".bar.sticky-bottom, .tabs")) watching.observe(bar);
  measure();
}
watch();
document.addEventListener("htmx:afterSettle", watch);

// A field prints as large as it is on the screen: on paper its words stand beside it, whole.
let onPaper = [];
window.addEventListener("beforeprint", () => {
  onPaper = Array.from(document.querySelectorAll("textarea"), (field) => {
    const words = document.createElement("p");
    words.className = "said on-paper d-none d-print-block";
    words.textContent = field.value;
    field.after(words);
    return words;
  });
});
window.addEventListener("afterprint", () => {
  for (const words of onPaper) words.remove();
  onPaper = [];
});
