/**
 * Whatever is done with contacts, in whatever order: who is out is never reached, at any address that was ever told as
 * theirs, and nobody else is barred. Real rows, real register; the order is drawn from seeds.
 */
import { describe, expect, it } from "vitest";
import { exportContacts } from "../../../src/features/contacts/export";
import { addContact, changeContact, type Keeper } from "../../../src/features/contacts/keep";
import { eraseContact, mergeContacts } from "../../../src/features/contacts/part";
import { previewImport } from "../../../src/features/contacts/preview-import";
import { knownOrNew, personOf } from "../../../src/features/contacts/service";
import { stepImport } from "../../../src/features/contacts/take-import";
import { barredAmong, type Address } from "../../../src/features/consent/service";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type ContactId } from "../../../src/kernel/ids";
import { drawsOf } from "../../support/schedule";
import { must } from "../../support/people";
import { bareDesk, barredAt, emailAt, keeperAt, phoneAt, rowsOf, said, saysStop } from "./desk";

const PHONES = Array.from({ length: 7 }, (_, index) => `+1212555010${index}`);
const EMAILS = Array.from({ length: 7 }, (_, index) => `p${index}@example.com`);
const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
const ACTS_OF_A_SEED = 40;

type Row = { readonly id: ContactId; readonly version: number; readonly phone: string | null; readonly email: string | null };

/** Each act; what it refuses (an address that is somebody else's, no contact to act on) changes nothing, and that is looked at too. */
class Life {
  private readonly desk = bareDesk();
  readonly keeper: Keeper = keeperAt(this.desk, this.desk.shop);
  /** Addresses, by their values, of people who are out. */
  readonly out = new Set<string>();
  /** Contacts that were merged: whose addresses are one person's from now on. */
  private joined: readonly ContactId[] = [];

  constructor(private readonly draw: () => number) {}

  readonly acts: Readonly<Record<string, () => Promise<void>>> = {
    stop: async () => {
      const address = this.address();
      const holder = (await this.rows()).find(({ phone, email }) => phone === address.value || email === address.value);
      const person = holder === undefined ? { address, others: [] } : personOf(holder, address.channel) ?? { address, others: [] };
      await saysStop(this.keeper, person.address, person.others);
      for (const { value } of [person.address, ...person.others]) this.out.add(value);
    },
    add: async () => void await addContact(this.keeper, { ...said(this.addresses()), key: newId(systemRandom) }),
    write: async () => void await knownOrNew(this.keeper, this.address()),
    change: async () => {
      const row = await this.one();
      if (row !== undefined) await changeContact(this.keeper, row.id, { ...said(this.addresses()), version: row.version });
    },
    merge: async () => {
      const [into, from] = [await this.one(), await this.one()];
      if (into === undefined || from === undefined) return;
      const merged = await mergeContacts(this.keeper, into, from);
      if (merged.ok) this.joined = [into.id, from.id];
    },
    erase: async () => {
      const row = await this.one();
      if (row !== undefined) must(await eraseContact(this.keeper, row));
    },
    file: async () => {
      const { phone, email } = this.addresses();
      const isOut = this.draw() < 0.3;
      await this.take(`Phone,Email,Opted out,Consent,Consent date\n${phone ?? ""},${email ?? ""},${isOut ? "yes" : "no"},said so,2026-01-02\n`);
      if (isOut) for (const value of [phone, email]) if (value !== null) this.out.add(value);
    },
    comeAndGo: async () => {
      const text = await new Response((await exportContacts(this.keeper)).body).text();
      if (this.draw() < 0.7) for (const row of await this.rows()) must(await eraseContact(this.keeper, row));
      await this.take(this.draw() < 0.5 ? text : text.replaceAll(",yes", ",no"));
    },
  };

  async rows(): Promise<Row[]> {
    return await rowsOf(this.desk.shop, "SELECT id, version, phone, email FROM contact WHERE shop_id = ?1 ORDER BY id");
  }

  /** Does something, and answers what is wrong afterwards. */
  async live(name: string): Promise<string[]> {
    const before = await this.rows();
    this.joined = [];
    await this.acts[name]?.();
    const now = await this.rows();
    for (const row of now) this.bring(row, before.filter(({ id }) => id === row.id || (this.joined.includes(id) && this.joined.includes(row.id))));
    return await this.wrong(now);
  }

  /** Addresses that came together are one person's: out at one of them is out at all. */
  private bring(row: Row, before: readonly Row[]): void {
    const values = [row, ...before].flatMap(({ phone, email }) => [phone, email]).filter((value) => value !== null);
    if (values.some((value) => this.out.has(value))) for (const value of values) this.out.add(value);
  }

  private async wrong(rows: readonly Row[]): Promise<string[]> {
    const people = rows.flatMap((row) => [personOf(row, "text"), personOf(row, "email")]).filter((person) => person !== null);
    const barred = await barredAmong(this.keeper, people);
    const all: readonly Address[] = [...PHONES.map(phoneAt), ...EMAILS.map(emailAt)];
    const alone = await barredAt(this.keeper, all);
    return [
      ...people.filter(({ address }, index) => (barred[index] !== null) !== this.out.has(address.value)).map(({ address }) => `contact at ${address.value}`),
      ...all.filter(({ value }, index) => (alone[index] !== null) !== this.out.has(value)).map(({ value }) => `alone: ${value} is ${this.out.has(value) ? "out and not barred" : "barred and not out"}`),
    ];
  }

  private async take(text: string): Promise<void> {
    const looked = await previewImport(this.keeper, {}, new Blob([text]).stream());
    if (!looked.ok) return;
    for (let step = 0; step < 5; step += 1) if (must(await stepImport(this.keeper, looked.value.id)).state === "done") return;
    throw new Error("the file has no end");
  }

  private pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.draw() * values.length)] as T;
  }

  private address(): Address {
    return this.draw() < 0.5 ? phoneAt(this.pick(PHONES)) : emailAt(this.pick(EMAILS));
  }

  private addresses(): { readonly phone: string | null; readonly email: string | null } {
    const kind = this.draw();
    return { phone: kind < 0.75 ? this.pick(PHONES) : null, email: kind > 0.4 ? this.pick(EMAILS) : null };
  }

  private async one(): Promise<Row | undefined> {
    const rows = await this.rows();
    return rows[Math.floor(this.draw() * rows.length)];
  }
}

describe("who is out", () => {
  it.each(SEEDS)("stays out, and nobody else is, whatever is done with contacts: seed %i", async (seed) => {
    const draw = drawsOf(seed);
    const life = new Life(draw);
    const names = Object.keys(life.acts).filter((name) => name !== "stop");
    const done: string[] = [];
    for (let act = 0; act < ACTS_OF_A_SEED; act += 1) {
      const name = draw() < 0.08 ? "stop" : names[Math.floor(draw() * names.length)] ?? "add";
      done.push(name);
      expect([done.length, done.at(-1), await life.live(name)]).toEqual([done.length, done.at(-1), []]);
    }
  });
});
