/** The whole app in workerd, in a world whose clock the test sets, and a browser that talks to it. */
import { env } from "cloudflare:workers";
import { createApp } from "../../src/app";
import { readConfig, type Bindings } from "../../src/platform/env";
import { createLog } from "../../src/platform/log";
import type { World } from "../../src/platform/world";
import { systemRandom } from "../../src/kernel/clock";
import { Visitor } from "../../src/sandbox/visitor";
import { openMail, type TestMail } from "./mail";
import { openTexting, type TestTexting } from "./texting";

/** A world that stands still until the test moves it, calls nobody but the post and Twilio, and keeps its log. */
export type TestWorld = World & {
  /** Where its letters arrive: see `lettersTo` of `mail.ts`. */
  readonly mail: TestMail;
  /** Where its texts go, and where those come from that it is sent. */
  readonly texting: TestTexting;
  /** Moves the clock on. */
  readonly pass: (milliseconds: number) => void;
  /** Every line of the log so far. */
  readonly lines: readonly string[];
};

/** 14 July 2026, noon in London. */
const START = Date.UTC(2026, 6, 14, 11);

export function createTestWorld(): TestWorld {
  let now = START;
  const lines: string[] = [];
  const clock = () => now;
  const mail = openMail(clock);
  const texting = openTexting(clock);
  return {
    clock,
    mail,
    texting,
    random: systemRandom,
    log: createLog((line) => lines.push(line), clock),
    transport: () => async (request) => await (texting.answersFor(new URL(request.url).hostname) ? texting : mail).transport(request),
    pass: (milliseconds) => {
      now += milliseconds;
    },
    lines,
  };
}

/** `http://harbour.localhost:8787` for `harbour`, as the tests' environment has it. */
export function originOf(label: string, bindings: Bindings = env): string {
  const { scheme, domain } = readConfig(bindings);
  return `${scheme}://${label}.${domain}`;
}

/** A header that is null is not sent. */
type Call = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string | null>> };

/** A browser of its own, with a cookie jar per host. */
export class Browser extends Visitor {
  /** Opens an address as a person does and follows nothing. */
  async get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return await this.send(new URL(url), { method: "GET", headers: { accept: "text/html", "sec-fetch-mode": "navigate", ...headers } });
  }

  /** Calls an address as Daybook's own page on that host does; `headers` may add to or replace what it sends. */
  async api(method: string, url: string, { body, headers }: Call = {}): Promise<Response> {
    const sent = new Headers({ accept: "application/json", "sec-fetch-site": "same-origin" });
    if (body !== undefined) sent.set("content-type", "application/json");
    for (const [name, value] of Object.entries(headers ?? {})) {
      if (value === null) sent.delete(name);
      else sent.set(name, value);
    }
    return await this.send(new URL(url), { method, headers: sent, ...(body === undefined ? {} : { body: textOf(body) }) });
  }
}

/** A new browser before the app of that world. `bindings` may stand in for what the tests' environment lacks. */
export function createBrowser(world: World, bindings: Bindings = env): Browser {
  const app = createApp(world);
  return new Browser(async (request) => await app.fetch(request, bindings));
}

/** Text and bytes go as they are, everything else as JSON. */
function textOf(body: unknown): BodyInit {
  return typeof body === "string" || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body);
}
