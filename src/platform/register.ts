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

/** Keyed hash of a telephone number or an email address, as consent's `subjectOf` makes it. */
export type Subject = Brand<string, "Subject">;

/**
 * What somebody said about being written to. Instants are epoch milliseconds; `source` is by which way it came, `reference`
 * what it can be found by there: the same word has the same, however often it arrives.
 */
export type Word = {
  readonly kind: "out" | "held" | "released";
  readonly subjects: readonly Subject[];
  readonly at: number;
  readonly saidAt: number;
  readonly source: string;
  readonly reference: string | null;
  /** Passed on from another shop: where consent was given here since it was said, it does not count. */
  readonly isPassedOn?: boolean;
};

/**
 * What a word came to at one subject. `stands`: what is so there now is by this word, which may have been recorded before;
 * `stood`: another word had made it so; `over`: the word was dealt with before, or there is nothing for it to do.
 */
export type Recorded = { readonly subject: Subject; readonly outcome: "stands" | "stood" | "over"; readonly standing: Standing };

/** What the source of a stop says of when it was said. */
export type Dated = { readonly reference: string; readonly saidAt: number };

/**
 * Consent that is given again. `saidAt`: when, as its source can prove; `stops`: what their source says of the stops that it
 * is to end. `onlyEnds`: a word that means something else unless there is a stop to end.
 */
export type Return = {
  readonly subject: Subject;
  readonly at: number;
  readonly saidAt: number;
  readonly source: string;
  readonly reference: string | null;
  readonly stops: readonly Dated[];
  readonly onlyEnds: boolean;
};

export type Returned = { readonly outcome: "restored" | "older" | "unchanged"; readonly standing: Standing };

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

  /** Records a word. Answers what it came to at each of its subjects; by then nothing is on its way to any of them any more. */
  async record(word: Word): Promise<readonly Recorded[]> {
    const recorded = word.subjects.map((subject) => this.#apply(subject, word));
    await Promise.all(word.subjects.map(async (subject) => await this.#places.get(subject)));
    return recorded;
  }

  /**
   * Ends a stop, and lifts what was held. Only consent that was certainly given after every stop on record does: `older`
   * where it was not, `unchanged` where there was nothing to end. The same word is `restored` however often it arrives.
   */
  async restore(back: Return): Promise<Returned> {
    const { sql } = this.ctx.storage;
    const known = readStanding(sql, back.subject);
    const since = known.outAt ?? known.heldAt;
    if (since === null) {
      if (known.inAt !== null && back.reference !== null && known.reference === back.reference) return { outcome: "restored", standing: known };
      if (known.inAt !== null || back.onlyEnds) return { outcome: "unchanged", standing: known };
    }
    if (known.outAt === null && back.onlyEnds) return { outcome: "unchanged", standing: known };
    const saidAtOf = ({ reference, at }: Stop): number => back.stops.find((stop) => stop.reference === reference)?.saidAt ?? at;
    const onRecord = since === null ? [] : [{ reference: known.reference, at: since }, ...known.further];
    if (onRecord.some((stop) => back.saidAt <= saidAtOf(stop))) return { outcome: "older", standing: known };
    const { source, reference } = back;
    const ended = since === null ? null : known.reference;
    return { outcome: "restored", standing: writeStanding(sql, back.subject, { ...known, outAt: null, heldAt: null, inAt: back.at, saidAt: back.saidAt, source, reference, ended, further: [] }) };
  }

  /** Where each of the subjects stands. */
  async standingsOf(subjects: readonly Subject[]): Promise<readonly Standing[]> {
    return subjects.map((subject) => readStanding(this.ctx.storage.sql, subject));
  }

  /**
   * Makes a stop, or a hold, that stands at one of a person's addresses stand at another, with the day and the word that it
   * is from. `from` is null where there is nothing to carry: none stands, or the other was opted in since.
   */
  async carry(from: readonly Subject[], to: Subject): Promise<{ readonly from: Subject | null; readonly standing: Standing }> {
    const { sql } = this.ctx.storage;
    const own = readStanding(sql, to);
    const [out, held] = (["outAt", "heldAt"] as const).map((which) => from.map((subject) => ({ subject, standing: readStanding(sql, subject) }))
      .find(({ subject, standing }) => subject !== to && standing[which] !== null && isOfPerson(standing) && (own.inAt === null || (standing[which] ?? 0) >= own.inAt)));
    const found = out ?? held;
    if (found === undefined) return { from: null, standing: own };
    const { outAt, heldAt, saidAt, source, reference } = found.standing;
    const isThere = own.outAt !== null || (outAt === null && own.heldAt !== null);
    if (isThere) return { from: own.reference === reference && own.saidAt === saidAt ? found.subject : null, standing: own };
    const standing = writeStanding(sql, to, { ...own, outAt, heldAt: outAt === null ? heldAt : null, saidAt, source, reference });
    await this.#places.get(to);
    return { from: found.subject, standing };
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

  /** Writes without awaiting anything: the next to ask already sees it. A word that was dealt with is not heard again. */
  #apply(subject: Subject, { kind, at, saidAt, source, reference, isPassedOn = false }: Word): Recorded {
    const known = readStanding(this.ctx.storage.sql, subject);
    const write = (outcome: Recorded["outcome"], change: Partial<Standing>): Recorded => (
      { subject, outcome, standing: writeStanding(this.ctx.storage.sql, subject, { ...known, ...change }) }
    );
    const [isSame, isEnded] = [reference !== null && reference === known.reference, reference !== null && reference === known.ended];
    if (kind === "released") {
      if (known.heldAt !== null && known.reference === reference) return write("stands", { heldAt: null, ended: reference });
      return { subject, outcome: isSame && isEnded && known.outAt === null ? "stands" : "over", standing: known };
    }
    if (kind === "out" && known.outAt !== null && !isSame && !known.further.some((stop) => reference !== null && stop.reference === reference)) {
      return write("stood", { further: withStop(known.further, { reference, at }) });
    }
    if (known.outAt !== null || (isSame && known.heldAt !== null && kind === "held")) return { subject, outcome: isSame ? "stands" : "stood", standing: known };
    const isOutdated = isPassedOn && known.inAt !== null && saidAt <= known.inAt;
    if (isEnded || isOutdated) return { subject, outcome: "over", standing: known };
    if (kind === "out") return write("stands", { saidAt, source, reference, outAt: at, heldAt: null });
    return write(known.heldAt === null ? "stands" : "stood", { saidAt, source, reference, heldAt: known.heldAt ?? at });
  }

  /** A stop at another address of the same person counts unless this one was opted in after it, or only a mailbox said so. */
  #barred({ to, others }: Recipient): Barred | null {
    const { sql } = this.ctx.storage;
    const own = readStanding(sql, to);
    if (own.outAt !== null) return { kind: "opted_out", since: own.outAt };
    const elsewhere = others.map((subject) => readStanding(sql, subject));
    const out = elsewhere.find((standing) => standing.outAt !== null && isOfPerson(standing) && (own.inAt === null || standing.outAt >= own.inAt));
    if (out !== undefined) return { kind: "opted_out", since: out.outAt ?? 0 };
    const held = [own, ...elsewhere].find(({ heldAt }) => heldAt !== null);
    return held === undefined ? null : { kind: "held", since: held.heldAt ?? 0 };
  }

  /** Waits for whoever came before to any of the subjects. All places are taken at once, so that no two wait for each other. */
  async #enter(subjects: readonly Subject[]): Promise<() => void> {
    const before = subjects.flatMap((subject) => this.#places.get(subject) ?? []);
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const subject of subjects) this.#places.set(subject, promise);
    await Promise.all(before);
    return () => {
      for (const subject of subjects) if (this.#places.get(subject) === promise) this.#places.delete(subject);
      resolve();
    };
  }
}

/** Nobody said stop where a mailbox takes no mail: that is of the address alone, and of none that its person has besides. */
function isOfPerson({ source, further }: Standing): boolean {
  return source !== "bounce" || further.length > 0;
}

/** So many stops are kept apart after the first; what comes on top of them counts from when it came. */
const MOST_FURTHER = 50;

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
