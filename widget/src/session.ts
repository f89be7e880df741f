// One conversation: what was said, what waits to be sent, and how both stay in step with the
// server. It draws nothing.
import type { Keeper, Kept } from "./keeper";
import { Refused, type Line } from "./line";
import type { Entry, Packet, Receipt } from "./types";

/** Milliseconds for which a lost line is not mentioned. */
const UNNOTICED = 2_000;

/** What the view is told. */
export interface Watcher {
  added(entry: Entry): void;
  changed(entry: Entry): void;
  removed(entries: Entry[]): void;
  busy(writing: boolean): void;
  lost(lost: boolean): void;
}

export class Session {
  private kept: Kept;
  private opened = false;
  private pumping = false;
  private opening?: Promise<void>;
  private lostTimer?: ReturnType<typeof setTimeout>;
  /** Other tabs with the same conversation: what is deleted in one is deleted in all. */
  private readonly others = new BroadcastChannel("cancer-companion");
  forLonger: boolean;

  constructor(
    private readonly line: Line,
    private readonly keeper: Keeper,
    private readonly watcher: Watcher,
  ) {
    this.kept = keeper.load();
    this.forLonger = keeper.forLonger;
    line.onPacket = (packet) => this.take(packet);
    line.onConnected = () => {
      this.opened = false;
      void this.catchUp();
    };
    line.onLost = () => {
      this.opened = false;
      this.lost();
    };
    line.onSilence = () => void this.catchUp();
    this.others.onmessage = ({ data }) => data === this.kept.token && this.drop();
  }

  get accepted(): boolean { return this.kept.accepted; }
  get entries(): readonly Entry[] { return this.kept.entries; }
  get waiting(): boolean { return this.kept.queue.length > 0; }

  /** The person has read the notice; only now is anything sent. */
  accept(): void {
    this.kept.accepted = true;
    this.save();
    this.start();
  }

  start(): void {
    if (!this.kept.accepted) return;
    this.line.start();
    void this.pump();
  }

  keepForLonger(longer: boolean): void {
    this.forLonger = longer;
    this.save();
  }

  say(text: string, again = false): void {
    const id = newId();
    const entry: Entry = { from: "you", text, id, at: new Date().toISOString() };
    this.kept.entries.push(entry);
    this.kept.queue.push({ id, text, again });
    this.save();
    this.watcher.added(entry);
    this.start();
  }

  /** Remember what was done with an entry (choices used, feedback given). */
  mark(entry: Entry, change: Partial<Entry>): void {
    Object.assign(entry, change);
    this.save();
  }

  async judge(entry: Entry, helpful: boolean, reasons: string[]): Promise<boolean> {
    try {
      const asked = { token: this.kept.token, seq: entry.seq, helpful, reasons };
      const answer = (await this.line.post("feedback", asked)) as { kept: boolean };
      return answer.kept;
    } catch {
      return false;
    }
  }

  /** Delete everything on the server, then here. Throws where the server did not. */
  async forget(): Promise<Receipt> {
    let receipt: Receipt = { records: 0, erased_at: new Date().toISOString() };
    if (this.kept.token) {
      receipt = (await this.line.post("forget", { token: this.kept.token })) as Receipt;
    }
    this.others.postMessage(this.kept.token);
    this.drop();
    return receipt;
  }

  /** Forget everything that this page knows; the next message begins a new conversation. */
  private drop(): void {
    this.line.stop();
    this.keeper.clear();
    const gone = this.kept.entries;
    this.kept = { accepted: true, last: 0, entries: [], queue: [] };
    this.forLonger = false;
    this.opened = false;
    this.watcher.removed(gone);
    this.found();
  }

  private async open(): Promise<void> {
    const { token, epoch, last } = this.kept;
    const packet = await this.line.ask("session_request", { token, epoch, since: last });
    this.kept.token = packet.token;
    this.opened = true;
    this.take(packet);
    this.found();
  }

  /** Ask for what was missed; one question at a time. */
  private catchUp(): Promise<void> {
    this.opening ??= this.open()
      .catch(() => undefined)
      .finally(() => (this.opening = undefined));
    return this.opening;
  }

  /** Send what waits, one after another, until nothing waits. */
  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    let tries = 0;
    while (this.kept.queue.length) {
      this.watcher.busy(true);
      try {
        await this.sendFirst();
        tries = 0;
      } catch (error) {
        if (error instanceof Refused) this.kept.token = undefined;
        this.opened = false;
        this.lost();
        await this.line.pause(tries++);
      }
    }
    this.pumping = false;
    this.watcher.busy(false);
  }

  private async sendFirst(): Promise<void> {
    if (this.opening) await this.opening;
    if (!this.opened) await this.open();
    const [first] = this.kept.queue;
    if (!first) return;
    const { token, epoch, last } = this.kept;
    const packet = await this.line.ask("user_uttered", { ...first, token, epoch, since: last });
    this.kept.queue = this.kept.queue.filter((each) => each.id !== first.id);
    this.take(packet);
    if (first.again) this.cut(this.kept.entries.findIndex((each) => each.id === first.id));
    this.found();
  }

  /** Take over what is new, in order, each entry once. */
  private take(packet: Packet): void {
    const kept = this.kept;
    if (packet.epoch !== kept.epoch) {
      kept.epoch = packet.epoch;
      kept.last = 0;
    }
    const [next] = packet.entries;
    if (next?.seq && next.seq > Math.max(kept.last + 1, packet.first)) {
      void this.catchUp();
      return;
    }
    for (const entry of packet.entries) {
      if (entry.seq && entry.seq > kept.last) this.takeEntry({ ...entry, epoch: packet.epoch });
    }
    this.dropBefore(packet);
    this.save();
  }

  private takeEntry(entry: Entry): void {
    this.kept.last = entry.seq ?? this.kept.last;
    const own = entry.id && this.kept.entries.find((each) => each.id === entry.id);
    if (own) {
      Object.assign(own, entry);
      this.watcher.changed(own);
      return;
    }
    this.kept.entries.push(entry);
    this.watcher.added(entry);
  }

  /** After "start over" the server keeps the end only, and so does the page. */
  private dropBefore({ epoch, first }: Packet): void {
    const gone = this.kept.entries.filter(
      (each) => each.epoch === epoch && each.seq !== undefined && each.seq < first,
    );
    if (!gone.length) return;
    this.cut(this.kept.entries.indexOf(gone[gone.length - 1]) + 1);
  }

  /** Drop the entries before an index; it may not be there any more. */
  private cut(index: number): void {
    if (index <= 0) return;
    this.watcher.removed(this.kept.entries.splice(0, index));
    this.save();
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

  private save(): void {
    this.keeper.save(this.kept, this.forLonger);
  }
}

function newId(): string {
  // randomUUID is missing on pages without encryption.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
