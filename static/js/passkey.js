// Passkeys, on top of allauth's own scripts: shows what needs them where the browser has them, and says in a sentence
// what went wrong.

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("[data-passkey]")) form.hidden = false;
  for (const note of document.querySelectorAll("[data-no-passkey]")) note.hidden = true;
}

const SENTENCES = {
  NotAllowedError: "Your device has confirmed nothing. Try once more, or take another way.",
  InvalidStateError: "This device keeps a passkey of yours already.",
  SecurityError: "Passkeys don’t work at this address. Take another way.",
};

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const status = document.querySelector("[data-passkey-status]");
  const { exception } = event.detail;
  status.textContent = SENTENCES[exception.name] || "That didn’t work. Try once more, or take another way.";
  status.hidden = false;
});
