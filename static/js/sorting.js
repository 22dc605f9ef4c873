// Cards are moved without the page being loaded again, and may be dragged. Nothing here is needed: each arrow and the
// button below the cards send the form by themselves.
(() => {
    const MOVES = ["up", "down", "arrange"];
  const form = () => document.querySelector("[data-sorting]");
  let isSending = false;

  async function move(sender, button) {
    if (isSending) return;
    isSending = true;
    let page = null;
    try {
      const body = new FormData(sender, button);
      const answer = await fetch(button.formAction, { method: "POST", body, headers: { Accept: "text/html" } });
      page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      // no connection: the browser's own page says so, and Back brings the cards
    }
    isSending = false;
    const fresh = page && page.querySelector("[data-sorting]");
    if (!fresh) {
      sender.dataset.plain = "";
      sender.requestSubmit(button);
      return;
    }
    const ready = document.adoptNode(fresh);
    const next = ready.querySelector(".wrong, [autofocus]");
    next?.removeAttribute("autofocus"); // it is given the focus here, whatever has it now
    sender.replaceWith(ready);
    document.getElementById("moved").textContent = page.getElementById("moved")?.textContent || "";
    next?.focus();
    prepare();
  }

  document.addEventListener("submit", (event) => {
    const sender = event.target;
    if (sender !== form() || "plain" in sender.dataset || !MOVES.includes(event.submitter?.value)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    move(sender, event.submitter);
  }, true);

  /* ------------------------------------------------------------ by the mouse */

  let dragged = null;

  function prepare() {
    for (const card of form()?.querySelectorAll("[data-card]") || []) card.draggable = true;
  }

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-card]") || null;
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    if (dragged && event.target.closest?.("[data-card]")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const onto = event.target.closest?.("[data-card]");
    if (!dragged || !onto) return;
    event.preventDefault();
    const cards = Array.from(form().querySelectorAll("[data-card]"));
    const place = String(cards.indexOf(onto) + 1);
    const field = dragged.querySelector("select");
    if (onto !== dragged) {
      field.value = place;
      form().requestSubmit(form().querySelector("[value=arrange]"));
    }
    dragged = null;
  });
  document.addEventListener("dragend", () => {
    dragged = null;
  });
  prepare();
  document.addEventListener("htmx:afterSettle", prepare);
})();
