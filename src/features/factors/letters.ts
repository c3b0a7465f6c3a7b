/** Letters to a person about their own factors: whoever did not do it themselves finds out. */
import type { Context } from "hono";
import type { SignedIn } from "../../http/person";
import { directoryDb } from "../../platform/database";
import { postLetter, type Posting } from "../mail/service";
import { securityNotice, type SecurityEvent } from "../people/service";

/** Prepares the letter: its statement belongs into the batch of what it tells of. */
export async function tellOfChange(c: Context, { email, from }: Pick<SignedIn, "email" | "from">, event: SecurityEvent): Promise<Posting> {
  const occasion = { at: c.get("world").clock(), from };
  return await postLetter(c.get("world"), c.env, directoryDb(c.env), securityNotice(c.get("config"), email, event, occasion));
}
