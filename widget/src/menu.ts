// What can be done with the conversation as a whole, and the questions asked before it is done.
import { h, icon, paragraphs } from "./dom";
import { asText, download } from "./files";
import type { Session } from "./session";
import { filled, type Entry, type Texts } from "./types";

export interface Owner {
  tell(entry: Entry): void;
}

export class Menu {
  readonly button: HTMLButtonElement;
  readonly element: HTMLElement;
  readonly dialog: HTMLDialogElement;
  private readonly keep: HTMLInputElement;

  constructor(
    private readonly texts: Texts,
    private readonly session: Session,
    private readonly owner: Owner,
  ) {
    const { words } = texts;
    this.button = h(
      "button",
      { type: "button", "aria-label": words.menu, "aria-expanded": "false", "aria-controls": "options" },
      icon("menu"),
    );
    this.button.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    this.keep = h("input", { type: "checkbox", "aria-describedby": "keep-hint" });
    this.keep.addEventListener("change", () => session.keepForLonger(this.keep.checked));
    this.element = h(
      "div",
      { class: "options", id: "options", hidden: true },
      this.item(words.start_over, () => this.startOver()),
      this.item(words.save, () => this.save()),
      h("label", {}, this.keep, words.keep),
      h("p", { id: "keep-hint" }, words.keep_hint),
      this.item(words.delete, () => this.forget()),
      this.item(words.about, () => this.ask(words.about, words.notice, [])),
    );
    this.dialog = h("dialog", { "aria-labelledby": "question" });
  }

  get isOpen(): boolean { return !this.element.hidden; }

  open(): void {
    this.keep.checked = this.session.forLonger;
    this.element.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.element.querySelector("button")?.focus();
  }

  close(returnFocus = false): void {
    this.element.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (returnFocus) this.button.focus();
  }

  private item(label: string, act: () => void): HTMLElement {
    const click = (): void => {
      this.close(true);
      act();
    };
    return h("button", { type: "button", click }, label);
  }

  private save(): void {
    const { words } = this.texts;
    download(words.file_conversation, asText(this.session.entries, this.texts));
  }

  private startOver(): void {
    const { words, start_over_says: says } = this.texts;
    const act = (): void => this.session.say(says, true);
    this.ask(words.start_over, [words.start_over_question], [[words.start_over, act]]);
  }

  private forget(): void {
    const { words } = this.texts;
    const act = (): void => void this.forgetNow();
    this.ask(words.delete, [words.delete_question], [
      [words.save, () => this.save()],
      [words.delete, act],
    ]);
  }

  private async forgetNow(): Promise<void> {
    const { words, language } = this.texts;
    try {
      const { records, erased_at } = await this.session.forget();
      const date = new Date(erased_at).toLocaleString(language, { dateStyle: "long", timeStyle: "long" });
      const text = `${filled(words.deleted, { date, records })}\n${words.deleted_reminder}`;
      this.owner.tell({ from: "assistant", kind: "receipt", text });
    } catch {
      this.ask(words.delete_failed_heading, [words.delete_failed], []);
    }
  }

  /** Ask before something is done, or just say something; Escape and the last button do nothing. */
  private ask(heading: string, lines: string[], answers: [string, () => void][]): void {
    const { words } = this.texts;
    const answer = (label: string, act?: () => void): HTMLElement =>
      h("button", { type: "button", click: () => (this.dialog.close(), act?.()) }, label);
    this.dialog.replaceChildren(
      h("h3", { id: "question" }, heading),
      ...lines.flatMap((line) => paragraphs(line)),
      h(
        "div",
        { class: "actions" },
        ...answers.map(([label, act]) => answer(label, act)),
        answer(answers.length ? words.cancel : words.close),
      ),
    );
    this.dialog.showModal();
  }
}
