/**
 * Who of a shop's people said stop: one object per shop, apart from D1, so that a database that is set back to last week
 * forgets nobody. Writing to somebody happens while this object holds their place: a stop that comes meanwhile is recorded
 * at once, stops whatever waits behind, and answers when what was already on its way has arrived. It knows addresses by
 * their keyed hashes alone.
 */
import { DurableObject } from "cloudflare:workers";
import type { Brand } from "../kernel/ids";
import type { Bindings } from "./env";
import { listStandings, readStanding, writeStanding, type Standing, type Stop } from "./register-store";

/** Keyed hash of a telephone number or an email address: 43 base64url characters. */
export type Subject = Brand<string, "Subject">;

/** What somebody said about being written to. Instants are epoch milliseconds; `reference` is what it can be found by at its source. */
export type Word = {
  readonly kind: "out" | "held" | "released";
  readonly subjects: readonly Subject[];
  readonly at: number;
  readonly reference: string | null;
};

/** What the source of a stop says of when it was said. */
export type Dated = { readonly reference: string; readonly saidAt: number };

/** Consent that is given again, by somebody at the address that they said it from. `saidAt`: when, as its source can prove; `stops`: what their source says of the stops that it is to end. */
export type Return = Recipient & {
  readonly at: number;
  readonly saidAt: number;
  readonly reference: string | null;
  readonly stops: readonly Dated[];
};

/** To whom something goes, and the same person's other addresses: a stop that came by any of them counts. */
export type Recipient = { readonly to: Subject; readonly others: readonly Subject[] };

/** Why nothing is sent to somebody, since when. */
export type Barred = { readonly kind: "opted_out" | "held"; readonly since: number };

/** What became of writing to somebody. */
export type Reached<Value> = { readonly barred: Barred } | { readonly barred: null; readonly value: Value };

/** Sending has a deadline of its own; nobody's stop waits longer than this for one that has lost it. */
const LONGEST_HOLD_MS = 60_000;

export class RegisterObject extends DurableObject<Bindings> {
  /** The last of those who hold or wait for a subject. */
  readonly #places = new Map<Subject, Promise<void>>();

  /**
   * Records a word. Answers which of its subjects stand as they do because of it, however often it comes; by then nothing is
   * on its way to any of them any more.
   */
  async record(word: Word): Promise<readonly Subject[]> {
    const changed = word.subjects.filter((subject) => this.#apply(subject, word));
    await Promise.all(word.subjects.map((subject) => this.#places.get(subject)));
    return changed;
  }

  /**
   * Ends the stops at one address, and lifts what was held. Only consent that was certainly given after every stop on record
   * does: `older` where it was not, `unchanged` where there was nothing to end. The word that has done it answers `restored`
   * again.
   */
  async restore({ to, others, at, saidAt, reference, stops }: Return): Promise<"restored" | "older" | "unchanged"> {
    const { sql } = this.ctx.storage;
    if (this.#barred({ to, others }) === null) return reference !== null && reference === readStanding(sql, to).inReference ? "restored" : "unchanged";
    const saidAtOf = (stop: Stop): number => stops.find((dated) => dated.reference === stop.reference)?.saidAt ?? stop.at;
    const onRecord = [to, ...others].flatMap((subject) => stopsOf(readStanding(sql, subject)));
    if (onRecord.some((stop) => saidAt <= saidAtOf(stop))) return "older";
    writeStanding(sql, to, { outAt: null, outReference: null, further: [], heldAt: null, heldReference: null, inAt: at, inReference: reference });
    return "restored";
  }

  /** The stops on record at a subject, in the order in which they came: those that consent has to follow to end them. */
  async stopsAt(subject: Subject): Promise<readonly Stop[]> {
    return stopsOf(readStanding(this.ctx.storage.sql, subject));
  }

  /** Does `act`, which sends something, if its recipient may be written to, and holds their place until it has ended. Throws what `act` throws. */
  async reach<Value>({ to, others }: Recipient, act: () => Promise<Value>): Promise<Reached<Value>> {
    const leave = await this.#enter([...new Set([to, ...others])]);
    try {
      const barred = this.#barred({ to, others });
      return barred === null ? { barred: null, value: await withinLimit(act()) } : { barred };
    } finally {
      leave();
    }
  }

  /** Why each of the recipients cannot be written to now, or null. */
  async barredOf(recipients: readonly Recipient[]): Promise<readonly (Barred | null)[]> {
    return recipients.map((recipient) => this.#barred(recipient));
  }

  /** What stands here, `most` subjects after one: to set right what a restored database says. */
  async list(after: Subject | "", most: number): Promise<readonly (Standing & { readonly subject: Subject })[]> {
    return listStandings(this.ctx.storage.sql, after, most);
  }

  /** Writes without awaiting anything: the next to ask already sees it. */
  #apply(subject: Subject, { kind, at, reference }: Word): boolean {
    const { sql } = this.ctx.storage;
    const known = readStanding(sql, subject);
    const isSame = (earlier: string | null): boolean => reference !== null && reference === earlier;
    if (kind === "out") {
      if (known.outAt === null) writeStanding(sql, subject, { ...known, outAt: at, outReference: reference, heldAt: null, heldReference: null });
      else if (!stopsOf(known).some((stop) => isSame(stop.reference))) writeStanding(sql, subject, { ...known, further: withStop(known.further, { reference, at }) });
      return known.outAt === null || isSame(known.outReference);
    }
    if (kind === "held") {
      if (known.outAt === null && known.heldAt === null) writeStanding(sql, subject, { ...known, heldAt: at, heldReference: reference });
      return known.outAt === null && (known.heldAt === null || isSame(known.heldReference));
    }
    if (known.heldAt === null) return false;
    writeStanding(sql, subject, { ...known, heldAt: null, heldReference: null });
    return true;
  }

  /** A stop at another address of the same person counts unless this one was opted in after it. */
  #barred({ to, others }: Recipient): Barred | null {
    const { sql } = this.ctx.storage;
    const own = readStanding(sql, to);
    if (own.outAt !== null) return { kind: "opted_out", since: own.outAt };
    const elsewhere = others.map((subject) => readStanding(sql, subject));
    const out = elsewhere.find(({ outAt }) => outAt !== null && (own.inAt === null || outAt >= own.inAt));
    if (out !== undefined) return { kind: "opted_out", since: out.outAt ?? 0 };
    const held = [own, ...elsewhere].find(({ heldAt }) => heldAt !== null);
    return held === undefined ? null : { kind: "held", since: held.heldAt ?? 0 };
  }

  /** Waits for whoever came before to any of the subjects. All places are taken at once, so that no two wait for each other. */
  async #enter(subjects: readonly Subject[]): Promise<() => void> {
    const before = subjects.map((subject) => this.#places.get(subject));
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const subject of subjects) this.#places.set(subject, promise);
    await Promise.all(before);
    return () => {
      for (const subject of subjects) if (this.#places.get(subject) === promise) this.#places.delete(subject);
      resolve();
    };
  }
}

/** So many stops are kept apart after the first; what comes on top of them counts from when it came. */
const MOST_FURTHER = 50;

function stopsOf({ outAt, outReference, further }: Standing): readonly Stop[] {
  return outAt === null ? [] : [{ reference: outReference, at: outAt }, ...further];
}

function withStop(further: readonly Stop[], stop: Stop): readonly Stop[] {
  return further.length < MOST_FURTHER ? [...further, stop] : [...further.slice(0, MOST_FURTHER - 1), { reference: null, at: stop.at }];
}

/** What takes longer has lost its deadline; its end is not waited for. */
async function withinLimit<Value>(act: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("sending took too long")), LONGEST_HOLD_MS);
  });
  try {
    return await Promise.race([act, limit]);
  } finally {
    clearTimeout(timer);
  }
}
