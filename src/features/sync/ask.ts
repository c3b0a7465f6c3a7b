/** Asks a connected account with a live grant, at the provider's pace, and once more when only the token was old. */
import type { Failure } from "../../kernel/failure";
import { failed, type Result } from "../../kernel/result";
import type { ShopDb } from "../../platform/database";
import { providerOf, type Access, type Till } from "../../providers/registry";
import { assert } from "../../kernel/assert";
import { accessHere, accessTo, reportAuthFailure, type ConnectionRow } from "../connections/service";
import type { Desk } from "./job";

/** A job of one shop, whatever it is about. */
export type Asker = Desk & { readonly db: ShopDb };

export { booksOf } from "../connections/service";

/** `no_room`: the pace left none, or the lane could not say; nothing was asked and nothing has failed. */
export type Asked<T> =
  | { readonly kind: "answered"; readonly result: Result<T> }
  | { readonly kind: "no_room"; readonly afterSeconds: number };

const NO_ROOM_SECONDS = 30;
const MOST_TRIES = 2;

/** Runs `use` with a live grant, or with what is kept here. A grant that the provider calls dead is proven by a renewal, and `use` runs once more. */
export async function ask<T>(
  job: Asker, connection: ConnectionRow, calls: number, use: (access: Access) => Promise<Result<T>>,
): Promise<Asked<T>> {
  const { world, env, db } = job;
  const here = accessHere(world, db, connection);
  if (here !== null) return { kind: "answered", result: await use(here) };
  for (let tries = 1; ; tries += 1) {
    const granted = await accessTo(world, env, db, connection, calls);
    if (!granted.ok && granted.failure.kind === "provider_busy") {
      return { kind: "no_room", afterSeconds: granted.failure.retryAfterSeconds ?? NO_ROOM_SECONDS };
    }
    if (!granted.ok) return { kind: "answered", result: granted };
    const { access, waitMs, lane } = granted.value;
    if (waitMs > 0) await job.wait(waitMs);
    const result = await use(access);
    if (result.ok || !isAboutTheGrant(result.failure)) return { kind: "answered", result };
    const report = await reportAuthFailure(world, env, db, connection, lane);
    if (!report.ok) return { kind: "answered", result: failed(report.failure) };
    if (tries === MOST_TRIES) return { kind: "answered", result };
  }
}

/** Whether a renewed token could change the answer. */
export function isAboutTheGrant(failure: Failure): boolean {
  return failure.kind === "reconnect_needed" || (failure.kind === "provider_refused" && failure.answer.status === 401);
}

/** The till behind a connection of that role. */
export function tillOf(connection: ConnectionRow): Till {
  const provider = providerOf(connection.provider);
  assert("readDay" in provider, `${connection.provider} is a till`);
  return provider;
}

/** What people call the provider of a connection, or the role where there is none. */
export function nameOf(connection: ConnectionRow | null, otherwise: string): string {
  return connection === null ? otherwise : providerOf(connection.provider).manifest.name;
}
