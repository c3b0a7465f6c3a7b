/**
 * Another password, by the way of a letter. It signs nobody in and shows no second factor: whoever has one is asked for
 * it at the next sign-in as ever (OWASP Forgot Password cheat sheet).
 */
import type { Context } from "hono";
import { ok, type Result } from "../../kernel/result";
import { originOfRequest } from "../../http/origin";
import { directoryDb } from "../../platform/database";
import type { World } from "../../platform/world";
import { postLetter } from "../mail/service";
import { securityNotice } from "../people/service";
import { renewingSession } from "../sessions/service";
import { addressProved, sessionsEndedIf } from "./first-proof";
import { askOfAccount, personProved } from "./link";
import { finishProof, provedByMail } from "./proofs";
import { hashNewPassword, wordsNear } from "./service";
import { passwordWritten, proofsEnded } from "./store";

/** Sends a letter to choose another password with; to an address that nobody can use, one that says so. */
export async function askForReset(c: Context, email: string): Promise<void> {
  await askOfAccount(c, "reset_password", email);
}

/**
 * Sets the password of the person whose letter this browser showed. Every other letter of theirs dies, and, if they wish,
 * every session; one of theirs in this browser that stays gets a new secret. `wrong_proof` without such a letter, `invalid_input` for a password that is not taken: then the letter still serves.
 */
export async function finishReset(c: Context, wish: { readonly password: string; readonly endOthers: boolean }): Promise<Result<object>> {
  const world: World = c.get("world");
  const directory = directoryDb(c.env);
  const proved = await provedByMail(c, "reset_password");
  const person = await personProved(c, proved);
  if (!proved.ok || !person.ok) return proved.ok ? person : proved;
  const hash = await hashNewPassword(world, c.env, wish.password, await wordsNear(c.env, person.value));
  if (!hash.ok) return hash;
  const finished = await finishProof(c, proved.value.id);
  if (!finished.ok) return finished;
  const { id, email } = person.value;
  const at = world.clock();
  const notice = await postLetter(world, c.env, directory, securityNotice(c.get("config"), email, { kind: "password_changed" }, { at, from: originOfRequest(c.req.raw) }));
  const [first, ending] = [addressProved(c, person.value, null), sessionsEndedIf(c, wish.endOthers, id, null)];
  const renewal = await renewingSession(c, id);
  await directory.batch([
    notice.statement, ...first.statements, passwordWritten(directory, id, hash.value, at),
    proofsEnded(directory, { personId: id, email }), ...ending.statements,
    ...renewal.statements,
  ]);
  await Promise.all([notice.send(), first.tell(), ending.tell(), renewal.give()]);
  return ok({});
}
