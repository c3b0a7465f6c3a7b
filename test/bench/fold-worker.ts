/**
 * The Worker in which reading a day is measured. `/fold` is the product's own reader; `/floor` downloads and parses the
 * same bytes by the same calls and does nothing with them.
 */
import { createSend } from "../../src/providers/send";
import { square } from "../../src/providers/square";
import type { BenchDay } from "./till";

type Call = { readonly method: string; readonly path: string; readonly body: string };
type Env = { readonly TILL_ORIGIN: string };

/** Where a forced collection follows each parsed answer, so that its trace shows what is alive at the worst moment. */
declare const gc: (() => void) | undefined;

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/ready") return new Response("ready");
    if (pathname === "/flush") return flush();
    if (searchParams.has("collect")) collectAfterParsing();
    const origin = searchParams.get("till") ?? env.TILL_ORIGIN;
    return pathname === "/floor" ? await floor(await request.json(), origin) : await fold(await request.json(), origin);
  },
} satisfies ExportedHandler<Env>;

async function fold({ locationId, currency, token, window }: BenchDay, origin: string): Promise<Response> {
  const transport = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    return await fetch(new Request(`${origin}${pathname}${search}`, request));
  };
  const access = { send: createSend(transport, square.manifest), accessToken: token, externalAccount: "MBENCH" };
  const reading = await square.readDay(access, { locationId, currency, window });
  return Response.json(reading);
}

/** The orders' pages one after the other and the refunds, drawers and gift cards beside them, as the reader has them; the rest afterwards. */
async function floor({ calls, token }: { readonly calls: readonly Call[]; readonly token: string }, origin: string): Promise<Response> {
  const isPage = ({ path }: Call): boolean => path === "/v2/orders/search";
  const isBeside = ({ path }: Call): boolean => /^\/v2\/(?:refunds|cash-drawers\/shifts|gift-cards\/activities)\?/.test(path);
  const replay = async (chosen: readonly Call[]): Promise<number> => {
    let fields = 0;
    for (const { method, path, body } of chosen) {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const answer = await fetch(`${origin}${path}`, { method, headers, ...(method === "POST" ? { body } : {}) });
      fields += Object.keys(JSON.parse(await answer.text()) as object).length;
    }
    return fields;
  };
  const [pages, beside] = await Promise.all([replay(calls.filter(isPage)), replay(calls.filter(isBeside))]);
  const rest = await replay(calls.filter((call) => !isPage(call) && !isBeside(call)));
  return Response.json({ fields: pages + beside + rest });
}

/** workerd keeps what it prints until there is a page of it: a trace of collections comes out behind further ones. */
function flush(): Response {
  for (let times = 0; times < 100; times += 1) gc?.();
  return new Response(`${characters} characters were parsed`);
}

let collects = false;
/** Read after the collection, so that a page's text counts among the living as it does in the reader itself. */
let characters = 0;

/** After a page is parsed its text and its orders are alive together with everything that the fold holds. */
function collectAfterParsing(): void {
  if (collects) return;
  collects = true;
  const { parse } = JSON;
  JSON.parse = (text: string): unknown => {
    const value: unknown = parse(text);
    gc?.();
    characters += text.length;
    return value;
  };
}
