/** STAND-IN, never committed. */
import { eq } from "drizzle-orm";
import { hashOf, type PersonId, type SessionId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { directoryDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import { session } from "./table";

export async function authSession(request: Request, env: Bindings): Promise<Result<{ sessionId: SessionId; personId: PersonId }>> {
  const cookie = /__Host-daybook=([^;]+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "";
  const [id = "", secret = ""] = cookie.split(".");
  const row = await directoryDb(env).select().from(session).where(eq(session.id, id as SessionId)).get();
  if (row === undefined || row.secretHash !== (await hashOf(secret))) return failed({ kind: "not_signed_in" });
  return ok({ sessionId: row.id, personId: row.personId });
}
