// <cancer-companion>: reads its attributes, draws the launcher at once, and builds the rest when
// it has its words.
import { colour } from "./colour";
import { h, icon } from "./dom";
import { Keeper } from "./keeper";
import { Line } from "./line";
import { Panel } from "./panel";
import css from "./style.css";
import type { Texts } from "./types";

// The assistant is where this script came from.
const script = document.currentScript as HTMLScriptElement | null;
const SERVER = new URL(".", script?.src || location.href);
const RETRY = 15_000;

export class Companion extends HTMLElement {
  static readonly observedAttributes = ["open"];

  private readonly root = this.attachShadow({ mode: "open" });
  /** A region of the page, so that its landmarks lead here. */
  private readonly place = h("section");
  private launcher?: HTMLButtonElement;
  private panel?: Panel;
  /** From when the element is put into a page until it is taken out. */
  private stay?: AbortController;

  connectedCallback(): void {
    // It was only moved.
    if (this.stay) return;
    this.stay = new AbortController();
    this.draw();
    void this.build(this.stay.signal);
  }

  disconnectedCallback(): void {
    // Moving an element takes it out and puts it in again: which it is shows in a moment.
    queueMicrotask(() => {
      if (!this.isConnected) this.end();
    });
  }

  attributeChangedCallback(): void {
    this.panel?.toggle(this.isOpen);
  }

  get isPage(): boolean { return this.getAttribute("layout") === "page"; }
  private get isOpen(): boolean { return this.isPage || this.hasAttribute("open"); }

  private draw(): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    this.root.adoptedStyleSheets = [sheet];
    colour(this, this.getAttribute("accent"));
    if (!this.isPage) {
      this.launcher = h(
        "button",
        { type: "button", class: "launcher", "aria-expanded": "false", "aria-busy": "true" },
        icon("chat"),
        h("span", { class: "dot", hidden: true }),
      );
      this.launcher.addEventListener("click", () => this.toggleAttribute("open"));
      this.place.append(this.launcher);
    }
    this.root.append(this.place);
  }

  /** Leave nothing behind that still runs; put into a page again, the element begins anew. */
  private end(): void {
    this.stay?.abort();
    this.stay = this.panel = this.launcher = undefined;
    this.place.replaceChildren();
    this.root.replaceChildren();
  }

  private async build(stay: AbortSignal): Promise<void> {
    let texts: Texts;
    try {
      texts = await this.fetchTexts(stay);
    } catch {
      if (!stay.aborted) this.buildLater(stay);
      return;
    }
    if (stay.aborted) return;
    this.root.querySelector("slot")?.remove();
    texts.words.heading = this.getAttribute("heading") || texts.words.heading;
    const notice = this.getAttribute("notice");
    if (notice) texts.words.notice = [...texts.words.notice, notice];
    const keeper = new Keeper(`cancer-companion ${SERVER.href}`);
    this.panel = new Panel({
      host: this,
      launcher: this.launcher,
      texts,
      line: new Line(SERVER),
      keeper,
      country: (this.getAttribute("country") ?? "").toLowerCase(),
      page: this.isPage,
      stay,
    });
    if (!this.isPage) this.place.setAttribute("aria-label", texts.words.heading);
    this.place.append(this.panel.element);
    this.launcher?.removeAttribute("aria-busy");
    this.panel.toggle(this.isOpen, false);
  }

  /** Without words there is no chat: what the page wrote between the tags is shown instead. */
  private buildLater(stay: AbortSignal): void {
    if (!this.root.querySelector("slot")) this.root.append(h("slot"));
    const timer = setTimeout(() => void this.build(stay), RETRY);
    stay.addEventListener("abort", () => clearTimeout(timer));
  }

  private async fetchTexts(signal: AbortSignal): Promise<Texts> {
    const near = this.closest<HTMLElement>("[lang]");
    const address = new URL("texts.json", SERVER);
    address.searchParams.set("lang", near?.lang || navigator.language);
    const answer = await fetch(address, { credentials: "omit", signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as Texts;
  }
}
