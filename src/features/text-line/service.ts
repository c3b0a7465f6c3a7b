/** The number that a shop texts from, for those who send by it and for what arrives at it. */
import type { ShopId } from "../../kernel/ids";
import { failed, type Result } from "../../kernel/result";
import { directoryDb, type ShopDb } from "../../platform/database";
import type { Bindings, Config } from "../../platform/env";
import type { World } from "../../platform/world";
import type { TextAccount } from "../../providers/registry";
import { open } from "./credentials";
import { lineQuery, shopOfHook, type LineRow } from "./store";

/** A shop's line, without what opens its account. */
export type TextLine = Omit<LineRow, "sealedCredentials">;

/** The shop's line; null where none was set up, or where it was removed. Things still arrive at one that is `refused`. */
export async function lineOf(db: ShopDb): Promise<TextLine | null> {
  const row = await rowOf(db);
  return row === null ? null : withoutSecrets(row);
}

/**
 * What opens the shop's account, for the moment of a call. `conflict` where there is no line, and where Twilio takes its
 * credentials no more; `key_unavailable`.
 */
export async function accountOf(world: World, env: Bindings, db: ShopDb): Promise<Result<TextAccount>> {
  const row = await rowOf(db);
  if (row === null) return failed({ kind: "conflict", message: "Texting is not set up in this shop." });
  if (row.state !== "active") return failed({ kind: "conflict", message: "Twilio takes this shop's credentials no more." });
  return await open({ world, env, db }, row);
}

/** Where Twilio tells of texts that arrive at a line, or of what became of those that were sent. */
export function hookUrlOf({ scheme, domain }: Pick<Config, "scheme" | "domain">, { hookId }: Pick<TextLine, "hookId">, what: "arrived" | "status"): string {
  return `${scheme}://${domain}/hooks/texts/${hookId}${what === "status" ? "/status" : ""}`;
}

/** The shop for which an address was made; null for one that was never made or is forgotten. It counts only where `listening` finds its line. */
export async function shopAtHook(env: Bindings, hookId: string): Promise<ShopId | null> {
  return await shopOfHook(directoryDb(env), hookId);
}

/** The line that listens at an address, whatever its state, and what its account signs with; null where there is none, or its key is away. */
export async function listening(
  world: World, env: Bindings, db: ShopDb, hookId: string,
): Promise<{ readonly line: TextLine; readonly account: TextAccount } | null> {
  const row = await rowOf(db);
  if (row === null || row.hookId !== hookId) return null;
  const account = await open({ world, env, db }, row);
  return account.ok ? { line: withoutSecrets(row), account: account.value } : null;
}

async function rowOf(db: ShopDb): Promise<LineRow | null> {
  const [row] = await lineQuery(db);
  return row === undefined || row.state === "removed" ? null : row;
}

function withoutSecrets({ sealedCredentials: _sealed, ...line }: LineRow): TextLine {
  return line;
}
