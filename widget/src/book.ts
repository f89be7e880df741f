// The conversation as the page has it: what was said, and what waits to be sent.
import { nothing, type Keeper, type Kept, type Outgoing } from "./keeper";
import type { Entry, Packet } from "./types";

/** What the view is told of it. */
export interface Reader {
  added(entry: Entry): void;
  changed(entry: Entry): void;
  removed(entries: Entry[]): void;
}

export class Book {
  /** Another object once all is deleted: whoever waited for an answer compares. */
  kept: Kept;
  private longer: boolean;
  private closed = false;

  constructor(
    private readonly keeper: Keeper,
    private readonly reader: Reader,
  ) {
    this.kept = keeper.load();
    this.longer = keeper.forLonger;
  }

  get forLonger(): boolean { return this.longer; }
  set forLonger(longer: boolean) {
    this.longer = longer;
    this.save();
  }

  accept(): void {
    this.kept.accepted = true;
    this.save();
  }

  /** Remember what was done with an entry (choices used, feedback given). */
  mark(entry: Entry, change: Partial<Entry>): void {
    Object.assign(entry, change);
    this.save();
  }

  /** Note what the person wrote; it waits until the server has it. */
  write(text: string, again: boolean): void {
    const id = newId();
    const entry: Entry = { from: "you", text, id, at: new Date().toISOString() };
    this.kept.entries.push(entry);
    this.kept.queue.push({ id, text, again });
    this.save();
    this.reader.added(entry);
  }

  /** Take over what answers a message, which waits no longer; `take` says what it returns. */
  answered({ id, again }: Outgoing, packet: Packet): boolean {
    this.kept.queue = this.kept.queue.filter((each) => each.id !== id);
    const whole = this.take(packet);
    if (again) this.cut(this.kept.entries.findIndex((each) => each.id === id));
    return whole;
  }

  /** Take over what is new, in order, each entry once; false where something before it is missing. */
  take({ epoch, first, entries }: Packet): boolean {
    const kept = this.kept;
    if (epoch !== kept.epoch) {
      kept.epoch = epoch;
      kept.last = 0;
    }
    const [next] = entries;
    if (next?.seq && next.seq > Math.max(kept.last + 1, first)) return false;
    for (const entry of entries) {
      if (entry.seq && entry.seq > kept.last) this.takeEntry({ ...entry, epoch });
    }
    this.dropBefore(epoch, first);
    this.save();
    return true;
  }

  /** Forget all but what waits; what the server has taken meanwhile waits no longer. */
  clear(waiting: readonly Outgoing[]): void {
    const { accepted, entries } = this.kept;
    const stays = (entry: Entry): boolean =>
      entry.seq === undefined && waiting.some((each) => each.id === entry.id);
    const [left, gone] = [entries.filter(stays), entries.filter((entry) => !stays(entry))];
    const queue = waiting.filter((each) => left.some((entry) => entry.id === each.id));
    this.keeper.clear();
    this.kept = { ...nothing(), accepted, entries: left, queue };
    this.longer = false;
    if (queue.length) this.save();
    this.reader.removed(gone);
  }

  /** Let go of everything; what is stored stays as it is. */
  close(): void {
    this.closed = true;
    this.kept = nothing();
  }

  private takeEntry(entry: Entry): void {
    this.kept.last = entry.seq ?? this.kept.last;
    const own = entry.id && this.kept.entries.find((each) => each.id === entry.id);
    if (own) {
      Object.assign(own, entry);
      this.reader.changed(own);
      return;
    }
    this.kept.entries.push(entry);
    this.reader.added(entry);
  }

  /** After "start over" the server keeps the end only, and so does the page. */
  private dropBefore(epoch: string, first: number): void {
    const gone = this.kept.entries.filter(
      (each) => each.epoch === epoch && each.seq !== undefined && each.seq < first,
    );
    if (!gone.length) return;
    this.cut(this.kept.entries.indexOf(gone[gone.length - 1]) + 1);
  }

  /** Drop the entries before an index; it may not be there any more. */
  private cut(index: number): void {
    if (index <= 0) return;
    this.reader.removed(this.kept.entries.splice(0, index));
    this.save();
  }

  private save(): void {
    if (!this.closed) this.keeper.save(this.kept, this.longer);
  }
}

function newId(): string {
  // randomUUID is missing on pages without encryption.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
