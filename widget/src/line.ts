// The line to the assistant: socket.io where it works, plain HTTP where it does not.
// Every request may be made again: the server knows what it has handled.
import { io, type Socket } from "socket.io-client";
import type { Packet } from "./types";

const PATIENCE = 12_000;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 20_000;
/** By then neither a socket nor long polling came up: plain HTTP is tried. */
const FAILURES_BEFORE_HTTP = 1;
const CONNECT_PATIENCE = 5_000;

type Asked = Record<string, unknown>;
const ROUTES: Record<string, string> = { session_request: "session", user_uttered: "messages" };

export class Refused extends Error {}

export class Line {
  private readonly socket: Socket;
  private failures = 0;
  private wake?: () => void;
  /** Called when the socket has (re)connected: the conversation must be asked for anew. */
  onConnected = (): void => {};
  onPacket = (_: Packet): void => {};
  onLost = (): void => {};
  /** Called when the socket does not come up: plain HTTP may. */
  onSilence = (): void => {};

  constructor(private readonly server: URL) {
    this.socket = io(server.origin, {
      autoConnect: false,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelay: FIRST_PAUSE,
      reconnectionDelayMax: LONGEST_PAUSE,
      timeout: CONNECT_PATIENCE,
    });
    this.socket.on("connect", () => {
      this.failures = 0;
      this.onConnected();
      this.retryNow();
    });
    this.socket.on("bot_uttered", (packet: Packet) => this.onPacket(packet));
    this.socket.on("connect_error", () => {
      this.failures += 1;
      if (this.failures >= FAILURES_BEFORE_HTTP) this.onSilence();
    });
    this.socket.on("disconnect", (reason) => {
      if (reason === "io client disconnect") return;
      this.onLost();
      // After any other reason the client connects again by itself.
      if (reason === "io server disconnect") this.socket.connect();
    });
  }

  start(): void {
    if (this.socket.active) return;
    this.socket.connect();
    addEventListener("online", this.reconnect);
    addEventListener("pageshow", this.reconnect);
  }

  stop(): void {
    removeEventListener("online", this.reconnect);
    removeEventListener("pageshow", this.reconnect);
    this.socket.disconnect();
    this.retryNow();
  }

  /** Try at once instead of waiting for the next turn. */
  readonly reconnect = (): void => {
    if (!this.socket.connected) this.socket.disconnect().connect();
    this.retryNow();
  };

  /** Wait before the next try: longer each time, and not at all once the line is back. */
  pause(tries: number): Promise<void> {
    const limit = Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limit * (0.5 + Math.random() / 2));
      this.wake = () => (clearTimeout(timer), resolve());
    });
  }

  /** Ask by socket; by HTTP where the socket does not come up. */
  async ask(event: "session_request" | "user_uttered", asked: Asked): Promise<Packet> {
    if (this.socket.connected) return this.bySocket(event, asked);
    if (this.failures < FAILURES_BEFORE_HTTP) throw new Error("not connected");
    return (await this.post(ROUTES[event], asked)) as Packet;
  }

  /** Ask by HTTP. */
  async post(route: string, asked: Asked): Promise<unknown> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(new URL(route, this.server), {
        // Sent as plain text, a request needs no permission beforehand; the server checks the origin.
        method: "POST",
        credentials: "omit",
        body: JSON.stringify(asked),
        signal: stop.signal,
      });
      if (answer.status === 401) throw new Refused();
      if (!answer.ok) throw new Error(String(answer.status));
      return await answer.json();
    } finally {
      clearTimeout(timer);
    }
  }

  private async bySocket(event: string, asked: Asked): Promise<Packet> {
    const { engine } = this.socket.io;
    let packet: Packet;
    try {
      packet = (await this.socket.timeout(PATIENCE).emitWithAck(event, asked)) as Packet;
    } catch (error) {
      // Silence on an open socket is a dead line that nobody has noticed yet.
      engine?.close();
      throw error;
    }
    if (packet.refused) throw new Refused();
    return packet;
  }

  private retryNow(): void {
    this.wake?.();
    this.wake = undefined;
  }
}
