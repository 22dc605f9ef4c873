// Where the browser can print by itself, a button takes the place of the sentence that says where to find it.

const places = typeof window.print === "function" ? document.querySelectorAll("[data-print]") : [];
for (const place of places) {
  const button = place.querySelector("button");
  place.querySelector("[data-by-hand]").hidden = true;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
