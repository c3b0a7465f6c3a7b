/**
 * The addresses of a consent at `auth.`: out to the provider with a ticket, back from it with a state, and on with a choice
 * where the consent is for several accounts. They are navigations, not API calls, so they answer with redirects and pages.
 */
import type { Context } from "hono";
import { clearHostCookie, cookieOf, setHostCookie } from "../../http/cookies";
import { showPage } from "../../http/page";
import { anybody } from "../../http/person";
import { originOf } from "../../http/site";
import { router, type AppEnv } from "../../http/router";
import { providerOf, type ProviderId } from "../../providers/registry";
import { authSession } from "../sessions/service";
import type { Question } from "./choosing";
import { completeChoice, completeConsent, leaveForProvider, type ConsentEnd, type Person } from "./consent";
import { choiceQuery, providerPath, ticketQuery, type ConsentReturn } from "./contract";
import { choiceName, choiceWords, otherAccountWords, wordsFor, type StopReason } from "./page";

/** Holds the PKCE verifier between leaving and coming back: what binds a consent to one browser. */
const COOKIE = "__Host-connect";
const COOKIE_SECONDS = 600;

/** An answer of a provider is a handful of short values; anything larger is none. */
const MOST_VALUES = 20;
const LONGEST_VALUE = 4_096;

export const connectRoutes = router()
  .get("/connect/:provider", anybody(), async (c) => {
    const path = providerPath.safeParse(c.req.param());
    if (!path.success) return await c.notFound();
    const ticket = ticketQuery.safeParse(c.req.query());
    if (!ticket.success) return stopped(c, "unknown");
    const person = await personOf(c);
    if (person === null) return stopped(c, "not_signed_in");
    const departure = await leaveForProvider(c.get("world"), c.env, person, { ...path.data, ...ticket.data });
    if (!departure.ok) return stopped(c, departure.failure.kind);
    setHostCookie(c, COOKIE, departure.value.verifier, COOKIE_SECONDS);
    return c.redirect(departure.value.location, 303);
  })
  .get("/connect/:provider/callback", anybody(), async (c) => {
    const path = providerPath.safeParse(c.req.param());
    if (!path.success) return await c.notFound();
    const query = queryOf(c.req.url);
    const verifier = cookieOf(c.req.raw, COOKIE) ?? "";
    clearHostCookie(c, COOKIE);
    if (query === null) return stopped(c, "unknown");
    const person = await personOf(c);
    return finish(c, await completeConsent(c.get("world"), c.env, { ...path.data, query, verifier, person }));
  })
  .get("/connect/:provider/choose", anybody(), async (c) => {
    const path = providerPath.safeParse(c.req.param());
    if (!path.success) return await c.notFound();
    const query = choiceQuery.safeParse(queryOf(c.req.url));
    const verifier = cookieOf(c.req.raw, COOKIE) ?? "";
    clearHostCookie(c, COOKIE);
    if (!query.success) return stopped(c, "unknown");
    const person = await personOf(c);
    const { choice, account = null } = query.data;
    return finish(c, await completeChoice(c.get("world"), c.env, { ...path.data, choice, account, verifier, person }));
  });

async function personOf(c: Context<AppEnv>): Promise<Person | null> {
  const session = await authSession(c.req.raw, c.env, c.get("world"));
  if (!session.ok) return null;
  const { personId, name, email, sessionId, provedAt, secondFactorAt, from } = session.value;
  return { id: personId, name, email, sessionId, provedAt, secondFactorAt, from };
}

function finish(c: Context<AppEnv>, ended: ConsentEnd): Response | Promise<Response> {
  if (ended.kind === "stopped") return stopped(c, ended.problem);
  if (ended.kind === "asked") return ask(c, ended.provider, ended.question);
  const { end, provider } = ended;
  const back = new URL("/connections", originOf(ended.slug, c.get("config")));
  if (end.kind === "other_account") {
    const words = otherAccountWords(end.connectedName, end.chosenName, providerOf(provider).manifest.name);
    return showPage(c, words, { href: back.href, text: "Back to Connections" });
  }
  const outcome: ConsentReturn = end.kind === "connected" ? { connected: provider } : { refused: end.reason, provider };
  for (const [name, value] of Object.entries(outcome)) back.searchParams.set(name, value);
  return c.redirect(back.href, 303);
}

/** The accounts by name, each a link that works once and in this browser only. */
function ask(c: Context<AppEnv>, provider: ProviderId, { accounts, choice, verifier }: Question): Response | Promise<Response> {
  setHostCookie(c, COOKIE, verifier, COOKIE_SECONDS);
  const linkTo = (account: string | null) => {
    const url = new URL(`/connect/${provider}/choose`, originOf("auth", c.get("config")));
    url.searchParams.set("choice", choice);
    if (account !== null) url.searchParams.set("account", account);
    return url.href;
  };
  const choices = accounts.map(({ id, name }) => ({ href: linkTo(id), text: choiceName(name) }));
  return showPage(c, choiceWords(providerOf(provider).manifest.name), { href: linkTo(null), text: "None of these: connect nothing" }, choices);
}

function stopped(c: Context<AppEnv>, reason: StopReason): Response | Promise<Response> {
  return showPage(c, wordsFor(reason), { href: `${originOf("auth", c.get("config"))}/`, text: "Go to your shops" });
}

/** The values of an answer, each name once; null where a name comes twice, or too much comes at all. */
function queryOf(url: string): Readonly<Record<string, string>> | null {
  const entries = [...new URL(url).searchParams];
  const isSane = entries.length <= MOST_VALUES && entries.every(([name, value]) => name.length <= 100 && value.length <= LONGEST_VALUE);
  return isSane && new Set(entries.map(([name]) => name)).size === entries.length ? Object.fromEntries(entries) : null;
}
