/**
 * A page that is open hears within a second that its session has ended or that its person's role has changed. The socket
 * says no more than that; without it the next request finds out, as ever.
 */
import { onCleanup, onMount } from "solid-js";

/** A line that broke (a night's sleep, a new deployment) is tried again while the page is looked at, this often at most. */
const TRY_AGAIN_MS = 30_000;
const MOST_TRIES = 20;
/** What keeps the line open on its way; the server answers without waking anything. */
const PING_MS = 55_000;

type Heard = { readonly onEnded: () => void; readonly onChanged: () => void };

/** Watches for as long as its owner lives, from after the first paint on. */
export function watchSession(heard: Heard): void {
  let line: Line | undefined;
  onMount(() => {
    line = new Line(heard);
    requestAnimationFrame(() => line?.open());
  });
  onCleanup(() => line?.close());
}

class Line {
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ping: ReturnType<typeof setInterval> | undefined;
  #tries = 0;
  #isClosed = false;
  readonly #heard: Heard;

  constructor(heard: Heard) {
    this.#heard = heard;
  }

  open(): void {
    if (this.#isClosed || this.#tries >= MOST_TRIES || typeof WebSocket !== "function") return;
    this.#tries += 1;
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/watch`);
    socket.addEventListener("open", () => (this.#ping = setInterval(() => socket.send("ping"), PING_MS)));
    socket.addEventListener("message", ({ data }) => this.#hear(data));
    socket.addEventListener("close", () => this.#broke());
    this.#socket = socket;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#ping);
    this.#socket?.close();
  }

  #hear(word: unknown): void {
    if (word === "changed") this.#heard.onChanged();
    if (word !== "ended") return;
    this.close();
    this.#heard.onEnded();
  }

  #broke(): void {
    clearInterval(this.#ping);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => (document.hidden ? this.#broke() : this.open()), TRY_AGAIN_MS);
  }
}
