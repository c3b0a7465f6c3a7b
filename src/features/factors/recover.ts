/** Showing a recovery code in place of a factor that is not at hand. */
import type { Context } from "hono";
import { failed, type Result } from "../../kernel/result";
import { takeTurn } from "../../http/limit";
import type { SignedIn } from "../../http/person";
import { directoryDb } from "../../platform/database";
import { proveAgain } from "../sessions/service";
import { tellOfChange } from "./letters";
import { recoveryHash } from "./recovery";
import { countFactors, isCodeUnused, useCode } from "./store";

const WRONG_CODE = failed({ kind: "wrong_proof", message: "That recovery code is not one of yours, or was used before.", next: "Type another one of those that you kept." });

/** Uses a code: once, with a letter that says how many are left. `wrong_proof` for any that is not the person's own and unused. */
export async function showRecoveryCode(c: Context, signed: SignedIn, code: string): Promise<Result<void>> {
  const turn = await takeTurn(c, "second_factor", { account: signed.personId });
  if (!turn.ok) return turn;
  const directory = directoryDb(c.env);
  const codeHash = await recoveryHash(signed.personId, code);
  if (!(await isCodeUnused(directory, signed.personId, codeHash))) return WRONG_CODE;
  const { codesLeft } = await countFactors(directory, signed.personId);
  const letter = await tellOfChange(c, signed, { kind: "recovery_code_used", left: codesLeft - 1 });
  if (!(await useCode(directory, signed.personId, codeHash, c.get("world").clock(), [letter.statement]))) return WRONG_CODE;
  await letter.send();
  return await proveAgain(c, signed, "recovery_code");
}
