/**
 * Writes what was said into the ledger, after the register was told of it. A line's id is made of the word that it tells
 * of, so that a word which arrives again, or whose first delivery died half-way, comes to the same lines and no others.
 */
import { encodeBase32LowerCaseNoPadding } from "@oslojs/encoding";
import { newId, type ConsentId, type PersonId, type ShopId } from "../../kernel/ids";
import { auditLine } from "../../platform/audit";
import type { Actor } from "../../platform/audit-leaf";
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { Subject } from "../../platform/register";
import type { Standing } from "../../platform/register-store";
import type { World } from "../../platform/world";
import type { Channel, ConsentAct, ConsentSource } from "./contract";
import { evidenceAdded, knownLinesQuery, linesAdded, standingWritten, type ConsentRow } from "./store";

/** In whose books consent is written. */
export type Ledger = { readonly world: World; readonly env: Bindings; readonly db: ShopDb };

/** What somebody said, and how it came. */
export type Said = {
  readonly source: ConsentSource;
  /** Their own words, of which 1,600 characters are kept; what staff noted where they spoke. */
  readonly words: string;
  /** When it was said, as far as known: epoch milliseconds. */
  readonly saidAt: number;
  /** What it can be found by where it came from, such as a MessageSid: the same word counts once. */
  readonly reference: string | null;
  readonly actor: Actor;
  readonly byPerson: PersonId | null;
};

/** One address that a word counts for; `value` is null where its person was erased. */
export type Spot = { readonly subject: Subject; readonly channel: Channel; readonly value: string | null };

/** A line to be, with the address and what stands there by the register. */
export type Line = { readonly row: Omit<ConsentRow, "shopId">; readonly value: string | null; readonly standing: Standing };

/** Which line it is: what makes it the same when it is written again. `since`: of the stop, hold or consent that it belongs to. */
type Naming = { readonly subject: Subject; readonly act: ConsentAct; readonly mark: string | null; readonly since: number | null };

const MOST_TRIES = 3;
/** As many as a text has at most; the table allows no more. */
const MOST_WORDS = 1_600;

/** The id of a line: the same for the same word in the same stop, unlike any other. Without a mark each is one of its own. */
export async function lineIdOf({ world, db }: Pick<Ledger, "world" | "db">, { subject, act, mark, since }: Naming): Promise<ConsentId> {
  return mark === null ? newId<ConsentId>(world.random) : await markedId(db.shopId, JSON.stringify(["consent-line/v1", subject, act, mark, since]));
}

async function markedId(shopId: ShopId, text: string): Promise<ConsentId> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${shopId} ${text}`));
  return encodeBase32LowerCaseNoPadding(new Uint8Array(digest).subarray(0, 16)) as ConsentId;
}

/** What is kept beside lines: words, and who did what, unless there is nothing for the log. */
export type Telling = { readonly words: string; readonly audit: { readonly actor: Actor; readonly action: string; readonly source: ConsentSource; readonly at: number } | null };

/**
 * Writes those of the lines that are not there, what was said with them, where their addresses stand now, and the audit
 * line, all in one batch; nothing where all are there.
 */
export async function writeLines({ world, db }: Ledger, lines: readonly Line[], { words, audit }: Telling): Promise<void> {
  const kept = wordsKept(words);
  for (let attempt = 1; ; attempt += 1) {
    const known = new Set((await knownLinesQuery(db, lines.map(({ row }) => row.id))).map(({ id }) => id));
    const missing = lines.filter(({ row }) => !known.has(row.id));
    const [first] = missing;
    if (first === undefined) return;
    try {
      await db.orm.batch([
        standingWritten(db, first.row.subject, first.standing), ...missing.slice(1).map(({ row, standing }) => standingWritten(db, row.subject, standing)),
        ...linesAdded(db, missing.map(({ row }) => row)),
        ...missing.flatMap(({ row, value }) => (value === null ? [] : [evidenceAdded(db, { consentId: row.id, address: value, words: kept })])),
        ...(audit === null ? [] : auditLine(db, world.random, { at: audit.at, actor: audit.actor, action: audit.action, subject: `consent:${first.row.id}`, after: { source: audit.source } })),
      ]);
      return;
    } catch (error) {
      // Another delivery of the same word may have written a line meanwhile: then the rest is looked at anew.
      if (attempt >= MOST_TRIES) throw error;
    }
  }
}

/** What people wrote, as the table holds it: no half characters, no end within. */
function wordsKept(words: string): string {
  const whole = words.replaceAll("\u0000", "").toWellFormed();
  const cut = whole.slice(0, MOST_WORDS);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
