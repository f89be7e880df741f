// What the browser keeps: for the tab, or for longer where the person asks for it.
import type { Entry } from "./types";

export interface Kept {
  accepted: boolean;
  token?: string;
  epoch?: string;
  last: number;
  entries: Entry[];
  /** Messages that the server has not confirmed yet. */
  queue: Outgoing[];
}

export interface Outgoing { id: string; text: string; again?: boolean }

const MOST_ENTRIES = 400;

/** What is known of somebody new. */
export function nothing(): Kept {
  return { accepted: false, last: 0, entries: [], queue: [] };
}

export class Keeper {
  constructor(private readonly key: string) {}

  get forLonger(): boolean {
    return this.read(() => localStorage)?.includes('"accepted"') ?? false;
  }

  load(): Kept {
    const text = this.read(() => sessionStorage) ?? this.read(() => localStorage);
    try {
      return { ...nothing(), ...(JSON.parse(text ?? "{}") as Partial<Kept>) };
    } catch {
      return nothing();
    }
  }

  save(kept: Kept, forLonger: boolean): void {
    const text = JSON.stringify({ ...kept, entries: kept.entries.slice(-MOST_ENTRIES) });
    this.write(() => sessionStorage, text);
    if (forLonger) this.write(() => localStorage, text);
    else this.remove(() => localStorage);
  }

  clear(): void {
    this.remove(() => sessionStorage);
    this.remove(() => localStorage);
  }

  // A page may forbid storage, and then every access throws: the chat works without.
  private read(storage: () => Storage): string | null {
    try { return storage().getItem(this.key); } catch { return null; }
  }

  private write(storage: () => Storage, text: string): void {
    try { storage().setItem(this.key, text); } catch { /* full or forbidden */ }
  }

  private remove(storage: () => Storage): void {
    try { storage().removeItem(this.key); } catch { /* forbidden */ }
  }
}
