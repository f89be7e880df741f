// What travels between the widget and the assistant, and what the widget keeps.

export type Kind =
  | "answer" | "notice" | "emergency" | "urgent" | "crisis" | "escalation" | "note" | "receipt";

export interface Entry {
  from: "you" | "assistant";
  kind?: Kind;
  text: string;
  /** What follows the list of contacts on a crisis card. */
  after?: string;
  sources?: string;
  reviewed_on?: string;
  buttons?: string[];
  contacts?: "emergency" | "crisis";
  response?: string | null;
  at?: string;
  /** The number in the server's transcript; missing while a message waits to be sent. */
  seq?: number;
  epoch?: string;
  /** The id of a message of one's own, by which the server knows it when it is sent again. */
  id?: string;
  /** Whether the choices were used, and what was thought of the answer. */
  used?: boolean;
  judged?: boolean;
}

export interface Packet {
  epoch: string;
  first: number;
  entries: Entry[];
  token?: string;
  refused?: boolean;
}

export interface Link { href: string; label: string }
export interface Contact { country: string; place: string; name: string; links: Link[] }

export interface Texts {
  language: string;
  words: Record<string, string> & { notice: string[]; reasons: Record<string, string> };
  start_over_says: string;
  longest: number;
  contacts: { emergency: Contact[]; crisis: Contact[] };
}

export interface Receipt { records: number; erased_at: string }

/** Put values into the {braces} of a text. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
