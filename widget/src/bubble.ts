// One entry of the conversation as an element: who speaks, the card, and what one can do with it.
import { h, paragraphs } from "./dom";
import { copy, download, print } from "./files";
import { filled, type Contact, type Entry, type Texts } from "./types";

export interface Doings {
  choose(title: string): void;
  judge(entry: Entry, helpful: boolean, reasons: string[]): Promise<boolean>;
  judged(entry: Entry): void;
  announce(text: string): void;
}

const HEADINGS: Record<string, string> = {
  emergency: "emergency_heading",
  urgent: "urgent_heading",
  crisis: "crisis_heading",
  escalation: "escalation_heading",
  notice: "notice_card_heading",
  note: "note_heading",
  receipt: "deleted_heading",
};

export function bubble(entry: Entry, texts: Texts, country: string, doings: Doings): HTMLElement {
  const { words } = texts;
  const own = entry.from === "you";
  const heading = HEADINGS[entry.kind ?? ""];
  const content = h(
    "div",
    { class: "bubble" },
    !!heading && h("h3", {}, words[heading]),
    ...(own ? [h("p", { dir: "auto", class: "typed" }, entry.text)] : paragraphs(entry.text)),
    entry.contacts && contactsOf(entry, texts, country),
    ...(entry.after ? paragraphs(entry.after) : []),
    entry.sources && sources(entry, texts),
    (entry.kind === "note" || entry.kind === "receipt") && takeAlong(entry, texts, doings),
  );
  return h(
    "div",
    { class: `message ${entry.from} ${entry.kind ?? ""}`, "data-id": entry.id },
    h("span", { class: "unseen" }, own ? words.you_said : words.assistant_said),
    content,
    own && h("span", { class: "state", hidden: entry.seq !== undefined }, words.waiting),
    !!entry.sources && feedback(entry, texts, doings),
    !!entry.buttons?.length && choices(entry, texts, doings),
  );
}

function sources(entry: Entry, { words }: Texts): HTMLElement {
  const summary = filled(words.reviewed, { date: entry.reviewed_on ?? "" });
  return h(
    "details",
    { class: "sources" },
    h("summary", {}, summary),
    h("p", { dir: "auto" }, entry.sources),
  );
}

function choices(entry: Entry, { words }: Texts, doings: Doings): HTMLElement {
  const buttons = (entry.buttons ?? []).map((title) =>
    h(
      "button",
      { type: "button", disabled: entry.used, click: () => doings.choose(title) },
      title,
    ),
  );
  return h("div", { class: "choices", role: "group", "aria-label": words.choices }, ...buttons);
}

/** The numbers: those of the page's country first, every one with the name of its country. */
function contactsOf(entry: Entry, { words, contacts }: Texts, country: string): HTMLElement {
  const kind = entry.contacts ?? "emergency";
  const all = contacts[kind];
  const near = all.filter((each) => each.country === country);
  const far = all.filter((each) => !near.includes(each));
  const title = kind === "crisis" ? words.crisis_numbers : words.emergency_numbers;
  if (near.length) {
    return h("div", {}, contactList(near, words), folded(words.other_countries, far, words));
  }
  return entry.kind === "urgent" ? folded(title, all, words) : contactList(all, words);
}

function folded(title: string, contacts: Contact[], words: Texts["words"]): HTMLElement {
  const list = contactList(contacts, words);
  return h("details", { class: "more" }, h("summary", {}, title), list);
}

export function contactList(contacts: Contact[], words: Texts["words"]): HTMLElement {
  const items = contacts.map(({ place, name, links }) =>
    h(
      "li",
      {},
      h("span", { class: "place" }, place, h("small", {}, name)),
      h(
        "span",
        { class: "ways" },
        ...links.map(({ href, label }) => {
          const away = href.startsWith("https:");
          const full = filled(words.contact_name, { place, label, name });
          const [target, rel] = away ? ["_blank", "noopener noreferrer"] : [];
          return h("a", { href, target, rel, "aria-label": full }, label);
        }),
      ),
    ),
  );
  return h("ul", { class: "contacts" }, ...items);
}

/** Print, copy and download. */
function takeAlong(entry: Entry, { words }: Texts, doings: Doings): HTMLElement {
  const note = entry.kind === "note";
  const heading = note ? words.note_heading : words.deleted_heading;
  const file = note ? words.file_note : words.file_receipt;
  const button = (label: string, click: () => void): HTMLElement =>
    h("button", { type: "button", click }, label);
  return h(
    "div",
    { class: "actions" },
    note && button(words.print, () => print(heading, entry.text)),
    note &&
      button(words.copy, () => {
        void copy(entry.text).then((done) => {
          doings.announce(done ? words.copied : words.not_copied);
        });
      }),
    button(note ? words.download : words.save_receipt, () => download(file, `${entry.text}\n`)),
  );
}

function feedback(entry: Entry, texts: Texts, doings: Doings): HTMLElement {
  const { words } = texts;
  const row = h("div", { class: "feedback" });
  const thank = (): void => row.replaceChildren(h("p", { tabindex: -1 }, words.thanks));
  if (entry.judged) {
    thank();
    return row;
  }
  const send = async (helpful: boolean, reasons: string[]): Promise<void> => {
    if (!(await doings.judge(entry, helpful, reasons))) {
      doings.announce(words.feedback_failed);
      return;
    }
    doings.judged(entry);
    doings.announce(words.thanks);
    thank();
    row.querySelector("p")?.focus();
  };
  const ask = (): void => {
    const form = reasonsForm(words, (reasons) => void send(false, reasons));
    row.replaceChildren(form);
    form.querySelector("input")?.focus();
  };
  row.append(
    h("button", { type: "button", click: () => void send(true, []) }, words.helpful),
    h("button", { type: "button", click: ask }, words.not_helpful),
  );
  return row;
}

function reasonsForm(words: Texts["words"], done: (reasons: string[]) => void): HTMLFormElement {
  const boxes = Object.entries(words.reasons).map(([value, label]) =>
    h("label", {}, h("input", { type: "checkbox", value }), label),
  );
  const form = h(
    "form",
    {},
    h("fieldset", {}, h("legend", {}, words.why), ...boxes),
    h("button", { type: "submit" }, words.send_feedback),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    done([...form.querySelectorAll<HTMLInputElement>("input:checked")].map((box) => box.value));
  });
  return form;
}
