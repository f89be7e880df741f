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
  private built = false;

  connectedCallback(): void {
    if (this.built) return;
    this.built = true;
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
    void this.build();
  }

  attributeChangedCallback(): void {
    this.panel?.toggle(this.isOpen);
  }

  get isPage(): boolean { return this.getAttribute("layout") === "page"; }
  private get isOpen(): boolean { return this.isPage || this.hasAttribute("open"); }

  private async build(): Promise<void> {
    let texts: Texts;
    try {
      texts = await this.fetchTexts();
    } catch {
      // Without words there is no chat: what the page wrote between the tags is shown instead.
      if (!this.root.querySelector("slot")) this.root.append(h("slot"));
      setTimeout(() => void this.build(), RETRY);
      return;
    }
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
    });
    if (!this.isPage) this.place.setAttribute("aria-label", texts.words.heading);
    this.place.append(this.panel.element);
    this.launcher?.removeAttribute("aria-busy");
    this.panel.toggle(this.isOpen, false);
  }

  private async fetchTexts(): Promise<Texts> {
    const near = this.closest<HTMLElement>("[lang]");
    const address = new URL("texts.json", SERVER);
    address.searchParams.set("lang", near?.lang || navigator.language);
    const answer = await fetch(address, { credentials: "omit" });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as Texts;
  }
}
