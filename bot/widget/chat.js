// The chat page: sends what is typed, shows what comes back, always as text.
"use strict";

const log = document.getElementById("log");
const form = document.getElementById("form");
const field = document.getElementById("text");
const busy = document.getElementById("busy");

// For the tab only: closing it forgets the conversation.
let conversation = sessionStorage.getItem("conversation");

function add(kind, text) {
  const item = document.createElement("li");
  item.className = kind;
  item.append(document.getElementById(`by-${kind}`).content.cloneNode(true));
  const bubble = document.createElement("div");
  bubble.className = "bubble";
  bubble.textContent = text;
  item.append(bubble);
  log.append(item);
  log.scrollTop = log.scrollHeight;
  return item;
}

function setApartSources(item) {
  const bubble = item.querySelector(".bubble");
  const lines = bubble.textContent.split("\n");
  const last = lines[lines.length - 1];
  if (lines.length < 2 || !last.startsWith("Sources:")) return;
  bubble.textContent = lines.slice(0, -1).join("\n");
  const sources = document.createElement("small");
  sources.className = "sources";
  sources.textContent = last;
  bubble.append(sources);
}

function addChoices(item, buttons) {
  const row = document.createElement("div");
  row.className = "choices";
  for (const { title, payload } of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.addEventListener("click", () => send(payload));
    row.append(button);
  }
  item.append(row);
}

function retireChoices() {
  for (const button of log.querySelectorAll(".choices button")) button.disabled = true;
}

async function ask(text) {
  const answer = await fetch("messages", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text, conversation }),
  });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}

async function send(text) {
  retireChoices();
  add("you", text);
  busy.hidden = false;
  try {
    const reply = await ask(text);
    conversation = reply.conversation;
    sessionStorage.setItem("conversation", conversation);
    for (const message of reply.messages) {
      const item = add("assistant", message.text ?? "");
      setApartSources(item);
      if (message.buttons?.length) addChoices(item, message.buttons);
    }
  } catch {
    add("assistant", document.getElementById("offline").content.textContent.trim().replace(/\s+/g, " "));
  }
  busy.hidden = true;
  log.scrollTop = log.scrollHeight;
  field.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value;
  if (!text.trim() || !busy.hidden) return;
  field.value = "";
  send(text);
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
