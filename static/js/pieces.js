// Small pieces of a page, and what is said in it.

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function icon(sprite, name) {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

let ids = 0;
export const nextId = () => `autosave-${++ids}`;

// A time of day as pages say it (sopcoach/words/dates.py).
export function clock(at) {
  const { lang } = document.documentElement;
  const told = at.toLocaleTimeString(lang === "en" ? "en-US" : lang, { hour: "numeric", minute: "2-digit" });
  return told.replace(/\s/g, " ");
}

// True when they are on the clipboard; where a browser forbids that, they are selected, to be copied by hand.
export async function copy(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shown.select) shown.select();
    else document.getSelection().selectAllChildren(shown);
    return false;
  }
}
