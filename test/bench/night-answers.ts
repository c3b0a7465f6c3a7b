/**
 * Providers that answer at once: whatever the simulators say to a question is kept and said again, and what is posted to
 * the books comes back under a number of its own. A provider can also be told to take its time, or to refuse everything.
 */
import type { Transport } from "../../src/providers/send";

/** `slow` answers after 30 seconds; `busy` refuses everything with 429. */
export type Mood = "well" | "slow" | "busy";

const SLOW_MS = 30_000;
const TILL = "connect.squareup.com";

export type Answers = {
  readonly transport: Transport;
  /** How both providers answer from now on. */
  readonly moods: { square: Mood; quickbooks: Mood };
  /** Calls since it was last asked. */
  takeCalls(): number;
};

type Kept = { readonly status: number; readonly text: string };

/** Answers before `simulators`, which are asked once for everything that they can say. */
export function createAnswers(simulators: Transport): Answers {
  const kept = new Map<string, Kept>();
  const entries = new Map<string, string>();
  const moods: Answers["moods"] = { square: "well", quickbooks: "well" };
  let calls = 0;
  const answer = async (request: Request): Promise<Kept> => {
    const { pathname, search } = new URL(request.url);
    const body = request.method === "GET" ? "" : await request.clone().text();
    const [, entryId] = /\/journalentry\/(\d+)$/.exec(pathname) ?? [];
    if (request.method === "POST" && pathname.endsWith("/journalentry")) return created(entries, body);
    const booked = entryId === undefined ? undefined : entries.get(entryId);
    if (booked !== undefined) return { status: 200, text: booked };
    const question = `${request.method} ${pathname}${search} ${body}`;
    const known = kept.get(question);
    if (known !== undefined) return known;
    const response = await simulators(request);
    const said = { status: response.status, text: await response.text() };
    if (said.status === 200) kept.set(question, said);
    return said;
  };
  const transport: Transport = async (request) => {
    calls += 1;
    const mood = moods[new URL(request.url).hostname === TILL ? "square" : "quickbooks"];
    if (mood === "slow") await scheduler.wait(SLOW_MS);
    if (mood === "busy") return new Response("{}", { status: 429, headers: { "retry-after": "30" } });
    const { status, text } = await answer(request);
    return new Response(text, { status, headers: { "content-type": "application/json" } });
  };
  const takeCalls = () => {
    const taken = calls;
    calls = 0;
    return taken;
  };
  return { transport, moods, takeCalls };
}

/** An entry that is echoed as QuickBooks echoes it, as far as Daybook reads it. */
function created(entries: Map<string, string>, body: string): Kept {
  const id = String(entries.size + 1);
  const text = `{"JournalEntry":{"Id":"${id}","SyncToken":"0",${body.slice(1)},"time":"2026-07-15T13:00:00.000-07:00"}`;
  entries.set(id, text);
  return { status: 200, text };
}
