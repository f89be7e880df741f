// One conversation: keeps what the page has and the server in step. It draws nothing.
import { Book, type Reader } from "./book";
import type { Keeper, Outgoing } from "./keeper";
import { Refused, type Line } from "./line";
import type { Entry, Packet, Receipt } from "./types";

/** Milliseconds for which a lost line is not mentioned. */
const UNNOTICED = 2_000;

/** What the view is told. */
export interface Watcher extends Reader {
  busy(writing: boolean): void;
  lost(lost: boolean): void;
}

export class Session {
  private readonly book: Book;
  private opened = false;
  private pumping = false;
  private opening?: Promise<void>;
  /** Nothing is sent while the conversation is being deleted. */
  private forgetting: Promise<unknown> = Promise.resolve();
  /** The token that the server took no message under. */
  private refused?: string;
  private lostTimer?: ReturnType<typeof setTimeout>;
  /** Other tabs with the same conversation: what is deleted in one is deleted in all. */
  private readonly others = new BroadcastChannel("cancer-companion");

  constructor(
    private readonly line: Line,
    keeper: Keeper,
    private readonly watcher: Watcher,
  ) {
    this.book = new Book(keeper, watcher);
    line.onPacket = (packet) => this.take(packet);
    line.onConnected = () => (this.opened = false, this.catchUp());
    line.onLost = () => (this.opened = false, this.lost());
    line.onSilence = () => this.catchUp();
    this.others.onmessage = ({ data }: MessageEvent<unknown>) => {
      const { token, queue } = this.book.kept;
      if (typeof data === "string" && data === token) this.drop(queue);
    };
  }

  get accepted(): boolean { return this.book.kept.accepted; }
  get entries(): readonly Entry[] { return this.book.kept.entries; }
  get forLonger(): boolean { return this.book.forLonger; }

  /** The person has read the notice; only now is anything sent. */
  accept(): void {
    this.book.accept();
    this.start();
  }

  start(): void {
    if (!this.accepted) return;
    this.line.start();
    void this.pump();
  }

  /** The view is gone. A deletion that was asked for is carried out all the same. */
  async end(): Promise<void> {
    await this.forgetting;
    clearTimeout(this.lostTimer);
    this.book.close();
    this.others.close();
    this.line.stop();
  }

  keepForLonger(longer: boolean): void { this.book.forLonger = longer; }

  say(text: string, again = false): void {
    this.book.write(text, again);
    this.start();
  }

  mark(entry: Entry, change: Partial<Entry>): void {
    this.book.mark(entry, change);
  }

  async judge(entry: Entry, helpful: boolean, reasons: string[]): Promise<boolean> {
    try {
      const asked = { token: this.book.kept.token, seq: entry.seq, helpful, reasons };
      const answer = (await this.line.post("feedback", asked)) as { kept: boolean };
      return answer.kept;
    } catch {
      return false;
    }
  }

  /** Delete everything on the server, then here. Throws where the server did not. */
  forget(): Promise<Receipt> {
    const done = this.forgetNow();
    this.forgetting = done.catch(() => undefined);
    return done;
  }

  private async forgetNow(): Promise<Receipt> {
    const { kept } = this.book;
    const { token } = kept;
    const before = new Set(kept.queue);
    let receipt: Receipt = { records: 0, erased_at: new Date().toISOString() };
    if (token) {
      receipt = (await this.line.post("forget", { token })) as Receipt;
      this.others.postMessage(token);
    }
    // What was written since then begins the next conversation.
    if (kept === this.book.kept) this.drop(kept.queue.filter((each) => !before.has(each)));
    return receipt;
  }

  /** Forget everything that this page knows but what waits: that begins the next conversation. */
  private drop(waiting: readonly Outgoing[]): void {
    this.line.stop();
    this.opened = false;
    this.book.clear(waiting);
    this.found();
    if (this.book.kept.queue.length) this.start();
  }

  /** Open the conversation and take what was missed; one question at a time. */
  private open(): Promise<void> {
    this.opening ??= this.askForMissed().finally(() => (this.opening = undefined));
    return this.opening;
  }

  private async askForMissed(): Promise<void> {
    const { kept } = this.book;
    const { token, epoch, last } = kept;
    const known = token === this.refused ? undefined : token;
    const packet = await this.line.ask("session_request", { token: known, epoch, since: last });
    if (kept !== this.book.kept) return;
    kept.token = packet.token;
    this.opened = true;
    this.take(packet);
    this.found();
  }

  /** The same where nobody waits for it: what fails is tried again with the next occasion. */
  private catchUp(): void {
    this.open().catch(() => undefined);
  }

  /** Send what waits, one after another, until nothing waits. */
  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    let tries = 0;
    while (this.book.kept.queue.length) {
      const { kept } = this.book;
      this.watcher.busy(true);
      try {
        await this.sendFirst();
        tries = 0;
      } catch (error) {
        // What failed belonged to a conversation that is deleted.
        if (kept !== this.book.kept) continue;
        // The token itself stays: by it this page hears that another tab has deleted all.
        if (error instanceof Refused) this.refused = kept.token;
        this.opened = false;
        this.lost();
        await this.line.pause(tries++);
      }
    }
    this.pumping = false;
    this.watcher.busy(false);
  }

  private async sendFirst(): Promise<void> {
    await this.opening?.catch(() => undefined);
    if (!this.opened) await this.open();
    await this.forgetting;
    const { kept } = this.book;
    const [first] = kept.queue;
    if (!first || !this.opened) return;
    const { token, epoch, last } = kept;
    const packet = await this.line.ask("user_uttered", { ...first, token, epoch, since: last });
    // An answer from what is deleted by now must not bring it back.
    if (kept !== this.book.kept) return;
    if (!this.book.answered(first, packet)) this.catchUp();
    this.found();
  }

  private take(packet: Packet): void {
    if (!this.book.take(packet)) this.catchUp();
  }

  /** A moment without a line is not worth a word. */
  private lost(): void {
    this.lostTimer ??= setTimeout(() => this.watcher.lost(true), UNNOTICED);
  }

  private found(): void {
    clearTimeout(this.lostTimer);
    this.lostTimer = undefined;
    this.watcher.lost(false);
  }
}
