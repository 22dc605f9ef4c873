// Where the browser can print by itself, a button takes the place of the sentence that says where to find it.
(() => {
  "use strict";

  if (typeof window.print !== "function") return;
  for (const place of document.querySelectorAll("[data-print]")) {
    const button = place.querySelector("button");
    place.querySelector("[data-by-hand]").hidden = true;
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
