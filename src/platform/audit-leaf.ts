/** Who acts and what they did, as features say it, and how that becomes a leaf of the log's Merkle tree (`kernel/audit-leaf`). */
import { encodeBase64urlNoPadding } from "@oslojs/encoding";
import { commitmentOf, leafHash, type Leaf, type Salted } from "../kernel/audit-leaf";
import type { Json } from "../kernel/canonical-json";
import type { RandomBytes } from "../kernel/clock";

export { commitmentOf, leafHash, type Leaf, type Salted } from "../kernel/audit-leaf";

/** Who acts, as an audit log says it. */
export type Actor = {
  /** `person:<id>`, `daybook`, or `stranger` where nobody is signed in. */
  readonly id: string;
  /** What they came through: `organisation:<id>`; null for a member. */
  readonly through: string | null;
  /** Who and where it was in words, each erasable. */
  readonly personal: Personal;
};

/** Values that say who somebody is; empty ones are left out. Names are ours: `name`, `email`, `address`, `place`, `device`. */
export type Personal = Readonly<Record<string, string>>;

/** An actor of whom only the id is known, as a message on a queue says it. */
export function actorNamed(id: string): Actor {
  return { id, through: null, personal: {} };
}

/** Daybook itself, when it acts by its own clock. */
export const DAYBOOK: Actor = { id: "daybook", through: null, personal: {} };

/** Who did what to what, and when (epoch milliseconds). `before` and `after` hold ids and words, never a secret, never a person's data. */
export type AuditLine = {
  readonly at: number;
  readonly actor: Actor;
  /** A thing of ours and what became of it, such as `mapping.saved`. */
  readonly action: string;
  readonly subject: string;
  readonly before?: Json;
  readonly after?: Json;
  /** Personal data of the subject, such as the address that was invited: erasable as the actor's is. */
  readonly personal?: Personal;
};

const SALT_BYTES = 16;

/** A line as it is stored: the leaf, its hash (base64url), and the personal values beside it. */
export function leafOf(log: string, line: AuditLine, random: RandomBytes): { readonly leaf: Leaf; readonly hash: string; readonly fields: Readonly<Record<string, Salted>> } {
  const named = { ...prefixed("subject_", line.personal ?? {}), ...line.actor.personal };
  const fields = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== "")
    .map(([name, value]) => [name, { salt: encodeBase64urlNoPadding(random(SALT_BYTES)), value }]));
  const leaf: Leaf = {
    v: 1, log, at: line.at, actor: line.actor.id, through: line.actor.through, action: line.action,
    // The database holds no half characters: kept, they would be hashed as they never stand in the row.
    subject: line.subject.toWellFormed(),
    before: line.before ?? null, after: line.after ?? null,
    commitments: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, commitmentOf(field)])),
  };
  return { leaf, hash: leafHash(leaf), fields };
}

function prefixed(prefix: string, personal: Personal): Personal {
  return Object.fromEntries(Object.entries(personal).map(([name, value]) => [`${prefix}${name}`, value]));
}
