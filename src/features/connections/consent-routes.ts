/**
 * The two addresses of a consent at `auth.`: out to the provider with a ticket, and back from it with a state. They are
 * navigations, not API calls, so they answer with redirects and pages.
 */
import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { originOf } from "../../http/site";
import { router, type AppEnv } from "../../http/router";
import { providerOf } from "../../providers/registry";
import { authSession } from "../sign-in/service";
import { completeConsent, leaveForProvider, type ConsentEnd, type Person } from "./consent";
import { providerPath, ticketQuery, type ConsentReturn } from "./contract";
import { otherAccountWords, sentencePage, wordsFor, type PageWords, type StopReason } from "./page";

/** Holds the PKCE verifier between leaving and coming back: what binds a consent to one browser. */
const COOKIE = "__Host-connect";
const COOKIE_SECONDS = 600;

/** An answer of a provider is a handful of short values; anything larger is none. */
const MOST_VALUES = 20;
const LONGEST_VALUE = 4_096;

export const connectRoutes = router()
  .get("/connect/:provider", async (c) => {
    const path = providerPath.safeParse(c.req.param());
    if (!path.success) return await c.notFound();
    const ticket = ticketQuery.safeParse(c.req.query());
    if (!ticket.success) return stopped(c, "unknown");
    const person = await personOf(c);
    if (person === null) return stopped(c, "not_signed_in");
    const departure = await leaveForProvider(c.get("world"), c.env, person, { ...path.data, ...ticket.data });
    if (!departure.ok) return stopped(c, departure.failure.kind);
    setCookie(c, COOKIE, departure.value.verifier, { path: "/", secure: true, httpOnly: true, sameSite: "Lax", maxAge: COOKIE_SECONDS });
    return c.redirect(departure.value.location, 303);
  })
  .get("/connect/:provider/callback", async (c) => {
    const path = providerPath.safeParse(c.req.param());
    if (!path.success) return await c.notFound();
    const query = queryOf(c.req.url);
    const verifier = onlyCookie(c.req.header("cookie") ?? "");
    deleteCookie(c, COOKIE, { path: "/", secure: true });
    if (query === null) return stopped(c, "unknown");
    const person = await personOf(c);
    return finish(c, await completeConsent(c.get("world"), c.env, { ...path.data, query, verifier, person }));
  });

async function personOf(c: Context<AppEnv>): Promise<Person | null> {
  const session = await authSession(c.req.raw, c.env, c.get("world"));
  if (!session.ok) return null;
  const { personId, name, email, sessionId } = session.value;
  return { id: personId, name, email, sessionId };
}

function finish(c: Context<AppEnv>, ended: ConsentEnd): Response | Promise<Response> {
  if (ended.kind === "stopped") return stopped(c, ended.problem);
  const { end, provider } = ended;
  const back = new URL("/connections", originOf(ended.slug, c.get("config")));
  if (end.kind === "other_account") {
    const words = otherAccountWords(end.connectedName, end.chosenName, providerOf(provider).manifest.name);
    return show(c, words, { href: back.href, text: "Back to Connections" });
  }
  const outcome: ConsentReturn = end.kind === "connected" ? { connected: provider } : { refused: end.reason, provider };
  for (const [name, value] of Object.entries(outcome)) back.searchParams.set(name, value);
  return c.redirect(back.href, 303);
}

function stopped(c: Context<AppEnv>, reason: StopReason): Response | Promise<Response> {
  return show(c, wordsFor(reason), { href: `${originOf("auth", c.get("config"))}/`, text: "Go to your shops" });
}

function show(c: Context<AppEnv>, words: PageWords, link: { readonly href: string; readonly text: string }): Response | Promise<Response> {
  return c.html(sentencePage(words, link), words.status);
}

/** The values of an answer, each name once; null where a name comes twice, or too much comes at all. */
function queryOf(url: string): Readonly<Record<string, string>> | null {
  const entries = [...new URL(url).searchParams];
  const isSane = entries.length <= MOST_VALUES && entries.every(([name, value]) => name.length <= 100 && value.length <= LONGEST_VALUE);
  return isSane && new Set(entries.map(([name]) => name)).size === entries.length ? Object.fromEntries(entries) : null;
}

/** The cookie's value, or nothing where it is absent or comes twice: a second one was put there by somebody else. */
function onlyCookie(header: string): string {
  const values = header.split(";").map((part) => part.trim()).filter((part) => part.startsWith(`${COOKIE}=`));
  const [only, ...others] = values;
  return only === undefined || others.length > 0 ? "" : only.slice(COOKIE.length + 1);
}
