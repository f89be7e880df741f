// The field in which a message is written.
import { h, icon } from "./dom";
import type { Texts } from "./types";

export class Composer {
  readonly element: HTMLFormElement;
  private readonly field: HTMLTextAreaElement;

  constructor({ words, longest }: Texts, send: (text: string) => void) {
    this.field = h("textarea", {
      id: "field",
      rows: 1,
      dir: "auto",
      maxlength: longest,
      enterkeyhint: "send",
      autocomplete: "off",
    });
    this.element = h(
      "form",
      { class: "composer" },
      h("label", { for: "field" }, words.field_label),
      h(
        "div",
        { class: "row" },
        this.field,
        h("button", { type: "submit", class: "primary", "aria-label": words.send }, icon("send")),
      ),
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.field.value.trim();
      if (!text) return;
      this.field.value = "";
      this.grow();
      send(text);
    });
    this.field.addEventListener("input", () => this.grow());
    this.field.addEventListener("keydown", (event) => {
      // Enter sends; with Shift, or while letters are being composed, it does what it always did.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.element.requestSubmit();
    });
  }

  focus(): void {
    this.field.focus();
  }

  /** As high as the text, up to the limit of the style. */
  private grow(): void {
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${this.field.scrollHeight + 2}px`);
  }
}
