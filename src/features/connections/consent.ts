/**
 * Connecting an account by the provider's own consent page: shop host → `auth.` → provider → `auth.` → shop host.
 * The ticket and the state each work once, in the browser and by the person that began; RFC 9700 and
 * draft-ietf-oauth-security-topics-update (COAT, COSF) name what happens otherwise.
 */
import { MINUTE } from "../../kernel/clock";
import { hashOf, newSecret, type ShopId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { admit, type Visit, type Visitor } from "../../http/guard";
import { originOf } from "../../http/site";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { isRemote, providerOf, remoteOf, type ProviderId } from "../../providers/registry";
import { visitorAtAuth, type AtAuth } from "../sessions/service";
import { clientOf } from "./access";
import { askWhich, connectChosen, forgetChoice, type Question } from "./choosing";
import { connectAccount, type ConnectEnd } from "./connect";
import type { StopReason } from "./page";
import { connectHere } from "./connect-here";
import type { ConnectRequest } from "./contract";
import { problemOf, refusedField, type Comer, type FlowProblem } from "./rules";
import { consumeFlow, findFlow, insertFlow, readConnections, useTicket, type ConnectionRow } from "./store";

const FLOW_MS = 10 * MINUTE;

/**
 * Begins a visit to the provider's consent page: the address at `auth.`, with a ticket for this person and session
 * that works once within ten minutes; for what is kept here, it is connected and the address is where it is used.
 * `conflict` while another provider holds the role; `invalid_input` for a region that the provider does not have.
 */
export async function beginConsent(
  world: World, env: Bindings, visit: Visit, { provider, region }: ConnectRequest,
): Promise<Result<{ readonly url: string }>> {
  const known = providerOf(provider);
  const { name, role } = known.manifest;
  const connections = await readConnections(visit.db);
  const other = connections.find((row) => row.role === role && row.state !== "disconnected" && row.provider !== provider);
  if (other !== undefined) {
    return failed({ kind: "conflict", message: `"${other.name}" is connected already. Disconnect it before you connect ${name}.` });
  }
  if (!isRemote(known)) return await connectHere(world, visit, known);
  const regions = known.manifest.regions ?? [];
  if (region !== undefined && !regions.some(({ id }) => id === region)) return refusedField("region", `${name} is not to be found there.`);
  const ticket = newSecret(world.random);
  const now = world.clock();
  await insertFlow(directoryDb(env), {
    ticketHash: await hashOf(ticket), stateHash: null, challenge: null, provider, sessionId: visit.sessionId,
    personId: visit.person.id, shopId: visit.shop.id, region: region ?? regionBefore(regions, connections.find((row) => row.provider === provider)), choice: null,
    expiresAt: now + FLOW_MS,
  }, now);
  const url = new URL(`/connect/${provider}`, originOf("auth", readConfig(env)));
  url.searchParams.set("ticket", ticket);
  return ok({ url: url.href });
}

/** Connecting again needs no question: an account's name begins with its region. For a first time, the usual one. */
function regionBefore(regions: readonly { readonly id: string }[], known: ConnectionRow | undefined): string | null {
  const before = regions.find(({ id }) => known?.externalAccount.startsWith(`${id}.`));
  return (before ?? regions[0])?.id ?? null;
}

/** Who is signed in at `auth.`. */
export type Person = Visitor["person"] & Omit<AtAuth, "person">;

/** Where to send the browser, and the secret that its cookie keeps until it is back. */
export type Departure = { readonly location: string; readonly verifier: string };

/**
 * Turns a ticket into a state and answers with the provider's page. Only the person and session that began may; a
 * stranger with the link does not use it up.
 */
export async function leaveForProvider(
  world: World, env: Bindings, person: Person, visit: { readonly provider: ProviderId; readonly ticket: string },
): Promise<Result<Departure, { readonly kind: FlowProblem }>> {
  const directory = directoryDb(env);
  const now = world.clock();
  const ticketHash = await hashOf(visit.ticket);
  const flow = await findFlow(directory, ticketHash);
  if (flow === undefined || flow.provider !== visit.provider) return failed({ kind: "unknown" });
  if (flow.personId !== person.id || flow.sessionId !== person.sessionId) return failed({ kind: "other_person" });
  const state = newSecret(world.random);
  const verifier = newSecret(world.random);
  const challenge = await hashOf(verifier);
  const isOurs = await useTicket(directory, ticketHash, { stateHash: await hashOf(state), challenge, expiresAt: now + FLOW_MS }, now);
  if (!isOurs) return failed({ kind: flow.expiresAt <= now ? "expired" : "unknown" });
  const location = remoteOf(visit.provider).oauth.authorizeUrl(clientOf(readConfig(env), visit.provider, flow.region), state, challenge);
  return ok({ location: location.href, verifier });
}

/** A browser that came back from a provider. All of `query` is untrusted; `verifier` is what its cookie held. */
export type Return = {
  readonly provider: ProviderId;
  readonly query: Readonly<Record<string, string>>;
  readonly verifier: string;
  /** Null where nobody is signed in any more. */
  readonly person: Person | null;
};

/** How a return ends: on a page of sentences, or back at the shop. */
export type ConsentEnd =
  | { readonly kind: "stopped"; readonly problem: StopReason }
  | { readonly kind: "asked"; readonly provider: ProviderId; readonly question: Question }
  | { readonly kind: "back"; readonly slug: string; readonly provider: ProviderId; readonly end: ConnectEnd };

/**
 * Ends a visit to a provider. The state is taken out before anything is checked, and everything is checked before the
 * code is used: whoever presents it again, from elsewhere or at another provider's address, gets nothing.
 */
export async function completeConsent(world: World, env: Bindings, back: Return): Promise<ConsentEnd> {
  const state = back.query["state"];
  // Clover's App Market sends merchants here by itself, with nothing that this browser could have asked for.
  if (state === undefined) return { kind: "stopped", problem: "begun_there" };
  const directory = directoryDb(env);
  const found = await consumeFlow(directory, await hashOf(state));
  const flow = found === undefined || found.choice !== null ? null : found;
  if (back.person === null) return { kind: "stopped", problem: "not_signed_in" };
  const comer: Comer = { provider: back.provider, personId: back.person.id, sessionId: back.person.sessionId, verifier: back.verifier };
  const problem = await problemOf(flow, comer, world.clock());
  if (flow === null || problem !== null) return { kind: "stopped", problem: problem ?? "unknown" };
  const visit = await visitOf(env, flow.shopId, back.person);
  if (!visit.ok) return { kind: "stopped", problem: visit.failure.kind === "second_factor_needed" ? "second_factor_needed" : "not_permitted" };
  const end = await connectAccount(world, env, visit.value, { ...back, region: flow.region });
  const returned = { kind: "back", slug: visit.value.shop.slug, provider: back.provider } as const;
  if (end.kind !== "several") return { ...returned, end };
  const question = await askWhich(world, env, visit.value, { provider: back.provider, tokens: end.tokens, accounts: end.accounts });
  return question === null ? { ...returned, end: { kind: "refused", reason: "provider_failed" } } : { kind: "asked", provider: back.provider, question };
}

/**
 * Ends a visit that was asked which account it is for; `account` is null where the person wants none of them. The
 * question is taken out before anything is checked, and whatever is wrong ends the grant that waits for its answer.
 */
export async function completeChoice(
  world: World, env: Bindings, back: Omit<Return, "query"> & { readonly choice: string; readonly account: string | null },
): Promise<ConsentEnd> {
  const flow = (await consumeFlow(directoryDb(env), await hashOf(back.choice))) ?? null;
  if (flow === null || flow.choice === null) return { kind: "stopped", problem: "unknown" };
  const comer: Comer | null = back.person === null ? null : { provider: back.provider, personId: back.person.id, sessionId: back.person.sessionId, verifier: back.verifier };
  const isListed = back.account === null || flow.choice.accounts.includes(back.account);
  const problem = comer === null ? "not_signed_in" : (await problemOf(flow, comer, world.clock())) ?? (isListed ? null : "unknown");
  const visit = back.person === null || problem !== null ? null : await visitOf(env, flow.shopId, back.person);
  if (visit?.ok === true) {
    const end = await connectChosen(world, env, visit.value, { provider: back.provider, choice: flow.choice, account: back.account });
    return { kind: "back", slug: visit.value.shop.slug, provider: back.provider, end };
  }
  await forgetChoice(env, flow.shopId, flow.choice);
  if (visit === null) return { kind: "stopped", problem: problem ?? "unknown" };
  return { kind: "stopped", problem: visit.failure.kind === "second_factor_needed" ? "second_factor_needed" : "not_permitted" };
}

/** The person's visit to the shop with the rights of this moment: a right may have ended since the start. */
async function visitOf(env: Bindings, shopId: ShopId, { id, name, email, ...comer }: Person): Promise<Result<Visit>> {
  const visitor = await visitorAtAuth(env, shopId, { ...comer, person: { id, name, email } });
  return visitor.ok ? admit(env, visitor.value, "connections.manage") : visitor;
}
