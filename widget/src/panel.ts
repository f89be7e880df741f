// The open chat: notice, conversation, field and menu, and where the focus goes.
import { bubble, contactList, type Doings } from "./bubble";
import { Composer } from "./composer";
import { h, icon, paragraphs } from "./dom";
import type { Keeper } from "./keeper";
import type { Line } from "./line";
import { Menu } from "./menu";
import { Session, type Watcher } from "./session";
import type { Entry, Texts } from "./types";

export interface Parts {
  host: HTMLElement;
  launcher?: HTMLButtonElement;
  texts: Texts;
  line: Line;
  keeper: Keeper;
  country: string;
  page: boolean;
  /** Aborted when the widget is taken out of the page. */
  stay: AbortSignal;
}

const PHONE = "(max-width: 30em)";

export class Panel implements Watcher, Doings {
  readonly element: HTMLElement;
  private readonly session: Session;
  private readonly shown = new Map<Entry, HTMLElement>();
  private readonly log: HTMLElement;
  private readonly writing: HTMLElement;
  private readonly offline: HTMLElement;
  private readonly status: HTMLElement;
  private readonly notice: HTMLElement;
  private readonly composer: Composer;
  private readonly menu: Menu;
  private isLost = false;
  private isBusy = false;
  private isOpen = false;

  constructor(private readonly parts: Parts) {
    const { texts, page } = parts;
    const { words } = texts;
    this.log = h("div", { class: "log", role: "log", tabindex: 0, "aria-label": words.conversation });
    this.writing = h("p", { class: "writing", hidden: true }, h("span", { class: "dots" }), words.writing);
    this.status = h("div", { class: "unseen", role: "status" });
    this.session = new Session(parts.line, parts.keeper, this);
    this.offline = this.offlineCard();
    this.notice = this.noticeCard();
    this.composer = new Composer(texts, (text) => this.send(text));
    this.menu = new Menu(texts, this.session, this);
    this.element = h(
      "section",
      { class: page ? "panel page" : "panel", role: page ? "region" : "dialog", "aria-labelledby": "heading", lang: texts.language, hidden: true },
      this.header(),
      this.menu.element,
      this.notice,
      this.log,
      this.writing,
      this.offline,
      this.composer.element,
      this.status,
      this.menu.dialog,
    );
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.restore();
    this.watchKeyboard();
    parts.stay.addEventListener("abort", () => void this.session.end());
  }

  // --- opening and closing ---

  toggle(open: boolean, moveFocus = true): void {
    const { launcher, page, texts } = this.parts;
    if (launcher) {
      launcher.setAttribute("aria-expanded", String(open));
      launcher.setAttribute("aria-label", open ? texts.words.close_chat : `${texts.words.open_chat}: ${texts.words.heading}`);
      this.unread(false);
    }
    if (open === this.isOpen) return;
    this.isOpen = open;
    this.element.hidden = !open;
    this.menu.close();
    if (open) {
      this.element.toggleAttribute("aria-modal", false);
      if (!page && matchMedia(PHONE).matches) this.element.setAttribute("aria-modal", "true");
      this.session.start();
      this.scroll();
      if (moveFocus) this.focusInside();
    } else if (moveFocus) {
      launcher?.focus();
    }
  }

  private focusInside(): void {
    if (!this.session.accepted) this.notice.querySelector<HTMLElement>("h3")?.focus();
    else if (matchMedia("(pointer: coarse)").matches) this.log.focus();
    else this.composer.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (this.menu.dialog.open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.menu.isOpen) this.menu.close(true);
      else if (!this.parts.page) this.parts.host.removeAttribute("open");
    } else if (event.key === "Tab" && this.element.getAttribute("aria-modal")) {
      this.keepInside(event);
    }
  }

  /** On a phone the chat covers the page, and the focus must not go behind it. */
  private keepInside(event: KeyboardEvent): void {
    const stops = [...this.element.querySelectorAll<HTMLElement>("button,a,textarea,summary,input,[tabindex='0']")];
    const reachable = stops.filter((stop) => !stop.matches(":disabled") && stop.getClientRects().length);
    const active = (this.element.getRootNode() as ShadowRoot).activeElement;
    const [edge, other] = event.shiftKey ? [0, -1] : [-1, 0];
    if (active !== reachable.at(edge)) return;
    event.preventDefault();
    reachable.at(other)?.focus();
  }

  // --- what the session tells ---

  added(entry: Entry): void {
    this.show(entry);
    if (entry.from === "you") this.retireChoices();
    else if (!this.isOpen) this.unread(true);
    this.scroll();
  }

  changed(entry: Entry): void {
    this.shown.get(entry)?.querySelector(".state")?.toggleAttribute("hidden", entry.seq !== undefined);
  }

  removed(entries: Entry[]): void {
    for (const entry of entries) {
      this.shown.get(entry)?.remove();
      this.shown.delete(entry);
    }
    this.scroll();
  }

  busy(busy: boolean): void {
    this.isBusy = busy;
    this.showState();
  }

  lost(lost: boolean): void {
    if (this.isLost && !lost) this.announce(this.parts.texts.words.back_online);
    this.isLost = lost;
    this.showState();
  }

  private showState(): void {
    this.writing.hidden = !this.isBusy || this.isLost;
    this.offline.hidden = !this.isLost;
    this.element.classList.toggle("offline", this.isLost);
    this.scroll();
  }

  // --- what a bubble asks for ---

  choose(title: string): void {
    this.send(title);
  }

  judge(entry: Entry, helpful: boolean, reasons: string[]): Promise<boolean> {
    return this.session.judge(entry, helpful, reasons);
  }

  judged(entry: Entry): void {
    this.session.mark(entry, { judged: true });
  }

  announce(text: string): void {
    this.status.textContent = text;
  }

  /** Show something that the widget says itself; it is not kept. */
  tell(entry: Entry): void {
    this.show(entry);
    this.scroll();
  }

  // --- the parts ---

  private header(): HTMLElement {
    const { texts, page, host } = this.parts;
    const { words } = texts;
    const close = (): void => host.removeAttribute("open");
    return h(
      "header",
      {},
      h(page ? "h1" : "h2", { id: "heading" }, words.heading),
      this.menu.button,
      !page && h("button", { type: "button", "aria-label": words.close_chat, click: close }, icon("close")),
    );
  }

  private noticeCard(): HTMLElement {
    const { words } = this.parts.texts;
    const accept = (): void => {
      this.session.accept();
      this.showAccepted();
      this.focusInside();
    };
    return h(
      "div",
      { class: "consent" },
      h("h3", { tabindex: -1 }, words.notice_heading),
      h("ul", {}, ...words.notice.map((line) => h("li", { dir: "auto" }, line))),
      h("button", { type: "button", class: "primary", click: accept }, words.accept),
    );
  }

  private offlineCard(): HTMLElement {
    const { texts, country, line } = this.parts;
    const { words, contacts } = texts;
    const near = contacts.emergency.filter((each) => each.country === country);
    return h(
      "div",
      { class: "lost", role: "alert", hidden: true },
      h("p", { class: "strong" }, words.offline_heading),
      ...paragraphs(words.offline),
      near.length > 0 && contactList(near, words),
      h("details", {}, h("summary", {}, words.emergency_numbers), contactList(contacts.emergency, words)),
      h("button", { type: "button", click: () => line.reconnect() }, words.try_now),
    );
  }

  private restore(): void {
    const { words } = this.parts.texts;
    this.log.append(h("p", { class: "welcome" }, words.welcome));
    // What is restored is not news: a screen reader must not read it all out.
    this.log.setAttribute("aria-live", "off");
    for (const entry of this.session.entries) this.show(entry);
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
    this.showAccepted();
  }

  private showAccepted(): void {
    const { accepted } = this.session;
    this.notice.hidden = accepted;
    this.log.hidden = !accepted;
    this.composer.element.hidden = !accepted;
    this.menu.button.hidden = !accepted;
  }

  private show(entry: Entry): void {
    const element = bubble(entry, this.parts.texts, this.parts.country, this);
    this.shown.set(entry, element);
    this.log.append(element);
  }

  private send(text: string): void {
    this.menu.close();
    this.session.say(text);
    this.focusInside();
  }

  /** An offered choice belongs to its moment: once something is said, it is over. */
  private retireChoices(): void {
    for (const [entry, element] of this.shown) {
      if (!entry.buttons || entry.used) continue;
      this.session.mark(entry, { used: true });
      for (const button of element.querySelectorAll<HTMLButtonElement>(".choices button")) button.disabled = true;
    }
  }

  /** To the end, but not past the beginning of the answer. */
  private scroll(): void {
    const own = this.log.querySelectorAll<HTMLElement>(".message.you");
    const last = own[own.length - 1];
    const top = last ? last.offsetTop - 8 : 0;
    this.log.scrollTop = last ? Math.min(top, this.log.scrollHeight) : this.log.scrollHeight;
  }

  private unread(is: boolean): void {
    const { launcher, texts } = this.parts;
    launcher?.querySelector(".dot")?.toggleAttribute("hidden", !is);
    if (is) launcher?.setAttribute("aria-label", `${texts.words.open_chat}: ${texts.words.unread}`);
  }

  /** The keyboard of a phone covers the page: the chat takes what is left. */
  private watchKeyboard(): void {
    const seen = window.visualViewport;
    const fit = (): void => {
      this.element.style.setProperty("--seen", `${seen?.height}px`);
      this.scroll();
    };
    seen?.addEventListener("resize", fit, { signal: this.parts.stay });
  }
}
