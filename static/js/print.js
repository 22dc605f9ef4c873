// Where the browser can print by itself, a button takes the place of the sentence that says where to find it.

function offer() {
  for (const place of document.querySelectorAll("[data-print]")) {
    const button = place.querySelector("button");
    place.querySelector("[data-by-hand]").hidden = true;
    button.hidden = false;
    button.onclick = () => window.print();
  }
}

if (typeof window.print === "function") {
  offer();
  document.addEventListener("htmx:load", offer);
}
