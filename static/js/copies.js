// A field to be taken along whole, in [data-copies]: its button copies it. Without a script the field is selected by hand.

import { copy } from "./pieces.js";

function offer() {
  for (const place of document.querySelectorAll("[data-copies]")) {
    const field = place.querySelector("input");
    const button = place.querySelector("button");
    button.hidden = false;
    button.onclick = async () => {
      button.textContent = (await copy(field.value, field)) ? "Copied" : "Selected, to be copied by hand";
    };
  }
}

offer();
document.addEventListener("htmx:load", offer);
