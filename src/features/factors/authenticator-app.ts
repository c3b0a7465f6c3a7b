/** Setting up an authenticator app, showing its code, and giving it up. */
import type { Context } from "hono";
import { sql } from "drizzle-orm";
import { decodeBase64urlIgnorePadding, encodeBase64urlNoPadding } from "@oslojs/encoding";
import type { PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { takeTurn } from "../../http/limit";
import type { SignedIn } from "../../http/person";
import { directoryDb } from "../../platform/database";
import { readConfig } from "../../platform/env";
import { createSealer, type Place, type Sealer } from "../../platform/sealer";
import type { World } from "../../platform/world";
import { askingOthersAgain, proveAgain } from "../sessions/service";
import { freshCodes, removeFactor } from "./change";
import type { NewCodes, TotpBegun } from "./contract";
import { tellOfChange } from "./letters";
import { secondFactorsOf } from "./service";
import { readTotp, takeStep, totpConfirmed, totpRemoved, writeAwaited, type TotpRow } from "./store";
import { keyOf, newSeed, stepOf } from "./totp";

const WRONG_CODE = failed({ kind: "wrong_proof", message: "That code is not right, or was used before.", next: "Wait for the app to show the next one, and type that." });

/** Makes a new seed and shows it. The app that counts, if there is one, goes on counting until a code of the new one came. */
export async function beginTotp(c: Context, { personId, email }: SignedIn): Promise<Result<TotpBegun>> {
  const world: World = c.get("world");
  const seed = newSeed(world.random);
  const sealed = await sealerOf(c).seal(placeOf("awaited_seed", personId), encodeBase64urlNoPadding(seed));
  await writeAwaited(directoryDb(c.env), personId, sealed);
  return ok(keyOf(seed, email));
}

/**
 * Makes the seed that was shown count, after a code of it. Whoever had no factor before gets recovery codes; other sessions
 * have to show the new app. `wrong_proof` for a code that is not right, `conflict` where no seed waits for one.
 */
export async function confirmTotp(c: Context, signed: SignedIn, code: string): Promise<Result<NewCodes>> {
  const turn = await takeTurn(c, "second_factor", { account: signed.personId });
  if (!turn.ok) return turn;
  const row = await readTotp(directoryDb(c.env), signed.personId);
  if (row === undefined || row.awaitedSeed === null) return failed({ kind: "conflict", message: "Begin again: this key was replaced or confirmed already." });
  const seed = await openSeed(c, "awaited_seed", signed.personId, row.awaitedSeed);
  if (!seed.ok) return seed;
  const step = stepOf(seed.value, code, c.get("world").clock(), 0);
  return step === null ? WRONG_CODE : await confirm(c, signed, { awaitedSeed: row.awaitedSeed, seed: seed.value, step });
}

type Shown = { readonly awaitedSeed: string; readonly seed: Uint8Array<ArrayBuffer>; readonly step: number };

async function confirm(c: Context, signed: SignedIn, { awaitedSeed, seed, step }: Shown): Promise<Result<NewCodes>> {
  const world: World = c.get("world");
  const directory = directoryDb(c.env);
  const { personId, sessionId } = signed;
  const { isEnrolled } = await secondFactorsOf(directory, personId);
  const sealedSeed = await sealerOf(c).seal(placeOf("sealed_seed", personId), encodeBase64urlNoPadding(seed));
  // Of two that confirm at once one wins: the other's codes must not take the place of those that were shown.
  const isOurs = sql`EXISTS (SELECT 1 FROM totp WHERE totp.person_id = ${personId} AND totp.sealed_seed = ${sealedSeed})`;
  const fresh = isEnrolled ? null : await freshCodes(world, directory, personId, isOurs);
  const letter = await tellOfChange(c, signed, { kind: "totp_added" });
  const others = askingOthersAgain(world, c.env, directory, personId, sessionId);
  await directory.batch([
    totpConfirmed(directory, { personId, awaitedSeed, sealedSeed, step, at: world.clock() }),
    ...(fresh?.statements ?? []), others.statement, letter.statement,
  ]);
  await Promise.all([letter.send(), others.tell()]);
  if ((await readTotp(directory, personId))?.sealedSeed !== sealedSeed) return WRONG_CODE;
  const proved = await proveAgain(c, signed, "totp");
  return proved.ok ? ok({ recoveryCodes: fresh?.codes ?? null }) : proved;
}

/** Notes that the person showed a code of their app; `wrong_proof` for one that is not right, too old, or was taken before. */
export async function showTotp(c: Context, signed: SignedIn, code: string): Promise<Result<void>> {
  for (const act of ["second_factor", "second_factor_day"] as const) {
    const turn = await takeTurn(c, act, { account: signed.personId });
    if (!turn.ok) return turn;
  }
  const directory = directoryDb(c.env);
  const row: TotpRow | undefined = await readTotp(directory, signed.personId);
  if (row === undefined || row.sealedSeed === null) return WRONG_CODE;
  const seed = await openSeed(c, "sealed_seed", signed.personId, row.sealedSeed);
  if (!seed.ok) return seed;
  const step = stepOf(seed.value, code, c.get("world").clock(), row.lastStep);
  if (step === null || !(await takeStep(directory, signed.personId, row.sealedSeed, step))) return WRONG_CODE;
  return await proveAgain(c, signed, "totp");
}

/** Gives the app up. `not_found` where there is none, `conflict` where a shop asks for it. */
export async function removeTotp(c: Context, signed: SignedIn): Promise<Result<Record<string, never>>> {
  const directory = directoryDb(c.env);
  const row = await readTotp(directory, signed.personId);
  if (row === undefined || row.confirmedAt === null) return failed({ kind: "not_found" });
  return await removeFactor(c, signed, totpRemoved(directory, signed.personId), { kind: "totp_removed" });
}

function sealerOf(c: Context): Sealer {
  return createSealer(readConfig(c.env).masterKeys, c.get("world").random);
}

async function openSeed(c: Context, column: SeedColumn, personId: PersonId, sealed: string): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const opened = await sealerOf(c).open(placeOf(column, personId), sealed);
  return opened.ok ? ok(new Uint8Array(decodeBase64urlIgnorePadding(opened.value.reveal()))) : opened;
}

type SeedColumn = "sealed_seed" | "awaited_seed";

function placeOf(column: SeedColumn, personId: PersonId): Place {
  return { table: "totp", column, shopId: null, row: personId };
}
