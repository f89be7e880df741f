// What a person takes along: a printed page, a copied text, a file. Nothing leaves the browser.
import { h } from "./dom";
import { filled, type Entry, type Texts } from "./types";

/** Offer a text as a file; the name carries the day. */
export function download(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const day = new Date().toISOString().slice(0, 10);
  const link = h("a", { href, download: `${name}-${day}.txt` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** Copy a text; false where the browser does not allow it. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Print a text alone, without the page around it. */
export function print(heading: string, text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "[data-companion-print]{display:none}@media print{body>*{display:none!important}" +
      "body>[data-companion-print]{display:block!important;white-space:pre-wrap;font:14pt/1.5 serif}}",
  );
  const paper = h("div", { "data-companion-print": true }, h("h1", {}, heading), text);
  document.body.append(paper);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const tidy = (): void => {
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
  addEventListener("afterprint", tidy, { once: true });
  window.print();
}

/** The conversation as plain text. */
export function asText(entries: readonly Entry[], { words, contacts, language }: Texts): string {
  const day = (at?: string): string => (at ? new Date(at).toLocaleString(language) : "");
  const parts = entries.map((entry) => {
    const speaker = entry.from === "you" ? words.you_said : words.assistant_said;
    const lines = [`${day(entry.at)} ${speaker}`, entry.text];
    if (entry.contacts === "crisis") {
      for (const { place, name, links } of contacts.crisis) {
        lines.push(`${place}: ${links.map((link) => link.label).join(", ")} (${name})`);
      }
    }
    return [...lines, entry.after, entry.sources].filter(Boolean).join("\n");
  });
  const saved = filled(words.saved_on, { date: day(new Date().toISOString()) });
  return [words.heading, saved, ...parts].join("\n\n") + "\n";
}
