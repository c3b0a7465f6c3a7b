/**
 * Setting up the number that a shop texts from. The directory and the shop's rows share no batch: address and number are
 * taken first, then the line is written, then what it no longer needs is given back. What a crash leaves in between is an
 * address that no line names, which answers like one that never was, and a number kept from others until the next time.
 */
import { newId, type Brand } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { auditLine, type Statements } from "../../platform/audit";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { createSend, texting, type TextAccount } from "../../providers/registry";
import type { LineChange, Registration } from "./contract";
import { open, seal } from "./credentials";
import { formerNumbersOf, readNumber } from "./rules";
import { claim, lineChecked, lineQuery, lineRemoved, lineWritten, releaseAll, releaseOlder, type LineRow } from "./store";

/** Who sets it up, in which world. */
export type Desk = { readonly world: World; readonly env: Bindings; readonly visit: Visit };

type HookId = Brand<string, "HookId">;

/**
 * Sets up the shop's line, or changes the one that was seen, once Twilio has taken account and number. `invalid_input` for
 * what Twilio does not know, `conflict` for another shop's number and for a line that was changed meanwhile, and the
 * failures of `texting.describe`.
 */
export async function setUpLine(desk: Desk, change: LineChange): Promise<Result<void>> {
  const { db } = desk.visit;
  const number = readNumber(change.number);
  if (number === null) return refusedField("number", "That is no telephone number. Write it with its country's code, such as +1 212 555 0147.");
  const [seen] = await lineQuery(db);
  if ((seen?.version ?? 0) !== change.version) return outdated();
  const account = await accountFor(desk, seen, change.account);
  if (!account.ok) return account;
  const registration = await registrationAt(desk, account.value, { number, serviceSid: change.serviceSid });
  if (!registration.ok) return registration;
  return await write(desk, seen, { change, number, account: account.value, registration: registration.value });
}

/** Asks Twilio again about account, number and registration, and notes what it says. `not_found` without a line; `conflict` as above. */
export async function checkLine(desk: Desk, version: number): Promise<Result<void>> {
  const { world, env, visit: { db } } = desk;
  const [seen] = await lineQuery(db);
  if (seen === undefined || seen.state === "removed") return failed({ kind: "not_found" });
  if (seen.version !== version) return outdated();
  const account = await open({ world, env, db }, seen);
  if (!account.ok) return account;
  const found = await texting.describe(sendOf(desk), account.value, seen);
  const isRefused = found.ok ? !found.value.numberFound : found.failure.kind === "reconnect_needed";
  if (!found.ok && !isRefused) return found;
  const now = { state: isRefused ? "refused" : "active", registration: found.ok ? found.value.registration : seen.registration, changedAt: world.clock() } as const;
  const after = { state: now.state, registration: now.registration };
  return await batchOrOutdated(desk, version, [lineChecked(db, version, now), ...told(desk, "text_line.checked", { before: { state: seen.state, registration: seen.registration }, after })]);
}

/**
 * Ends texting: the credentials are destroyed, the address forgotten, the number free for others; what was said stays. A
 * line that was removed already is removed to the end. `not_found` without one; `conflict` as above.
 */
export async function removeLine(desk: Desk, version: number): Promise<Result<void>> {
  const { env, world, visit: { db } } = desk;
  const [seen] = await lineQuery(db);
  if (seen === undefined) return failed({ kind: "not_found" });
  if (seen.state !== "removed") {
    if (seen.version !== version) return outdated();
    const removed = await batchOrOutdated(desk, version, [lineRemoved(db, version, world.clock()), ...told(desk, "text_line.removed", { before: { number: seen.number } })]);
    if (!removed.ok) return removed;
  }
  await releaseAll(directoryDb(env), db.shopId, seen.state === "removed" ? seen.version : version + 1);
  return ok(undefined);
}

/** The account that a change names, with the secrets that it brings or those that are kept for the same account. */
async function accountFor({ world, env, visit: { db } }: Desk, seen: LineRow | undefined, account: LineChange["account"]): Promise<Result<TextAccount>> {
  if (account.kind === "platform") return failed({ kind: "conflict", message: "Daybook has no numbers of its own to give yet. Enter your own Twilio account." });
  if (account.credentials !== null) return ok({ accountSid: account.sid, ...account.credentials });
  const isKept = seen !== undefined && seen.state !== "removed" && seen.accountSid === account.sid;
  return isKept ? await open({ world, env, db }, seen) : refusedField("account.credentials", "Enter the account's Auth Token.");
}

async function registrationAt(desk: Desk, account: TextAccount, line: Pick<LineRow, "number" | "serviceSid">): Promise<Result<Registration>> {
  const found = await texting.describe(sendOf(desk), account, line);
  if (!found.ok && found.failure.kind === "reconnect_needed") return refusedField("account.credentials", "Twilio does not take this Account SID with these credentials.");
  if (!found.ok) return found;
  if (found.value.numberFound) return ok(found.value.registration);
  const place = line.serviceSid === null ? "account" : "account and service";
  return refusedField("number", `That Twilio ${place} has no such number that can text. Buy it there first, or write another one.`);
}

type Decided = { readonly change: LineChange; readonly number: string; readonly account: TextAccount; readonly registration: Registration };

async function write(desk: Desk, seen: LineRow | undefined, { change, number, account, registration }: Decided): Promise<Result<void>> {
  const { world, env, visit: { db } } = desk;
  const sealedCredentials = await seal({ world, env, db }, account);
  if (!sealedCredentials.ok) return sealedCredentials;
  // An address that was forgotten stays so: a removal that is not over yet may still be about to give it back.
  const hookId = seen === undefined || seen.state === "removed" ? newId<HookId>(world.random) : seen.hookId;
  const directory = directoryDb(env);
  const claimed = { shopId: db.shopId, hookId, number, lineVersion: change.version + 1 };
  if ((await claim(directory, claimed)) !== db.shopId) return failed({ kind: "conflict", message: "That number is another shop's on Daybook. Remove it there first." });
  const { serviceSid, displayName, helpContact, perMinute, segmentMicros } = change;
  const line = lineWritten(db, change.version, {
    hookId, accountKind: "own", accountSid: account.accountSid, sealedCredentials: sealedCredentials.value, number, serviceSid, registration,
    formerNumbers: formerNumbersOf(seen, { accountSid: account.accountSid, number }), displayName, helpContact, perMinute, segmentMicros,
    state: "active", changedAt: world.clock(),
  });
  const after = { number, account: account.accountSid, service: serviceSid, registration, displayName, helpContact, perMinute, segmentMicros, newCredentials: change.account.kind === "own" && change.account.credentials !== null };
  const written = await batchOrOutdated(desk, change.version, [line, ...told(desk, "text_line.set_up", { before: seen === undefined ? null : { number: seen.number }, after })]);
  if (written.ok) await releaseOlder(directory, claimed);
  return written;
}

function told({ world, visit }: Desk, action: string, line: Pick<Parameters<typeof auditLine>[2], "before" | "after">): Statements {
  return auditLine(visit.db, world.random, { at: world.clock(), actor: actorOf(visit), action, subject: "text_line", ...line });
}

/** Of two people who save at once one finds another version. Whether that was it is read, not guessed. */
async function batchOrOutdated({ visit: { db } }: Desk, seen: number, statements: Parameters<Visit["db"]["orm"]["batch"]>[0]): Promise<Result<void>> {
  try {
    await db.orm.batch(statements);
    return ok(undefined);
  } catch (error) {
    const [now] = await lineQuery(db);
    if ((now?.version ?? 0) === seen) throw error;
    return outdated();
  }
}

function sendOf({ world, env }: Desk) {
  return createSend(world.transport(env), texting.reach);
}

function refusedField(path: string, message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path, message }] });
}

function outdated(): Result<never> {
  return failed({ kind: "conflict", message: "Somebody changed the number while you were writing." });
}
