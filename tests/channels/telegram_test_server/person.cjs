// Telegram as the package telegram-test-api plays it, on the port that is given, and one person in
// a chat with a bot. Each line of the input is a JSON array: what the person does, and with which
// words. Each gets a line with what it brought.
"use strict";

const axios = require("axios");
const readline = require("node:readline");
const TelegramServer = require("telegram-test-api");

const [port, token] = process.argv.slice(2);

class Server extends TelegramServer {
  // The package delivers to a webhook without the secret that was set for it.
  setWebhook(webhook, bot) {
    super.setWebhook(webhook, bot);
    axios.defaults.headers.common["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token;
  }
}

const server = new Server({ port: Number(port), host: "127.0.0.1" });
const person = server.getClient(token, { firstName: "Ann", userName: "ann", timeout: 10000 });

const does = {
  says: (words) => delivered(() => person.sendMessage(person.makeMessage(words))),
  commands: (words) => delivered(() => person.sendCommand(person.makeCommand(words))),
  presses: (words) => delivered(() => person.sendCallback(person.makeCallbackQuery(words))),
  sees: async () => (await person.getUpdates()).result.map((update) => update.message),
  webhook: async () => server.webhooks[token] ?? null,
};

// Until the bot's server has answered the webhook.
async function delivered(send) {
  const heard = server.waitUserMessage();
  await send();
  await heard;
  return null;
}

async function main() {
  await server.start();
  console.log(JSON.stringify("ready"));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [what, words] = JSON.parse(line);
    console.log(JSON.stringify(await does[what](words)));
  }
  await server.stop();
}

main();
