/**
 * The open pages of one person: each holds a socket, bound to the session it was opened with, on which nothing is ever
 * said but that something ended or changed. What that means is for the page's next request to find out.
 */
import { DurableObject } from "cloudflare:workers";
import type { SessionId } from "../kernel/ids";
import type { Bindings } from "./env";

/** All that a page is ever told: its session is over, or what its person may do is another thing now. */
export type WatchWord = "ended" | "changed";

/** Which sessions a word is for: one, or all but one (`null`: all). */
export type Meant = { readonly only: SessionId } | { readonly but: SessionId | null };

/** Pages that one person may have watching at once; another one goes without, and finds out at its next request. */
export const MOST_SOCKETS = 20;

/** What a page may send, to keep the line open, and what it gets for it; neither wakes the object. */
const KEEP_ALIVE = { ask: "ping", answer: "pong" } as const;

const NOT_TAKEN = 1_008; // RFC 6455 section 7.4.1: policy violation

export class WatchObject extends DurableObject<Bindings> {
  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(KEEP_ALIVE.ask, KEEP_ALIVE.answer));
  }

  /** Opens a socket for the session that the address names: the caller has proved beforehand whose it is. 429 when there are too many. */
  override async fetch(request: Request): Promise<Response> {
    if (this.ctx.getWebSockets().length >= MOST_SOCKETS) return new Response(null, { status: 429 });
    const { 0: page, 1: ours } = new WebSocketPair();
    this.ctx.acceptWebSocket(ours, [new URL(request.url).searchParams.get("session") ?? ""]);
    return new Response(null, { status: 101, webSocket: page });
  }

  /** Tells pages a word. Those whose session ended are hung up on. */
  async tell(word: WatchWord, meant: Meant): Promise<void> {
    for (const socket of this.ctx.getWebSockets()) {
      const [session] = this.ctx.getTags(socket);
      if ("only" in meant ? session !== meant.only : session === meant.but) continue;
      say(socket, word);
    }
  }

  /** A page has nothing to say here. */
  override async webSocketMessage(socket: WebSocket): Promise<void> {
    socket.close(NOT_TAKEN);
  }
}

/** A socket that is on its way out takes no word, and its page will ask before it shows anything again. */
function say(socket: WebSocket, word: WatchWord): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.send(word);
  if (word === "ended") socket.close(1_000, word);
}
