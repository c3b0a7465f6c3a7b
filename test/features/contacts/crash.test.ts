/**
 * Whatever dies or fails, before or after its effect, at any await: a person who is out is never reached by a contact that is
 * half written, and what was begun can be done again and comes to what it would have.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { addContact, changeContact, type Keeper } from "../../../src/features/contacts/keep";
import { eraseContact, mergeContacts } from "../../../src/features/contacts/part";
import { previewImport } from "../../../src/features/contacts/preview-import";
import { personOf, type Contact } from "../../../src/features/contacts/service";
import { stepImport } from "../../../src/features/contacts/take-import";
import { barredAmong, type Address } from "../../../src/features/consent/service";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type ContactId } from "../../../src/kernel/ids";
import type { Bindings } from "../../../src/platform/env";
import { HOWS, runWith, type Fault } from "../../support/faults";
import { must } from "../../support/people";
import { bareDesk, barredAt, emailAt, keeperAt, phoneAt, rowsOf, said, saysStop } from "./desk";

type Bare = ReturnType<typeof bareDesk>;
let desk: Bare;
let keeper: Keeper;

const LONGEST_MS = 240_000;
const [OLD, NEW, MAIL] = [phoneAt("+12125550101"), phoneAt("+12125550102"), emailAt("rosa@example.com")];

beforeEach(() => {
  desk = bareDesk();
  keeper = keeperAt(desk, desk.shop);
});

const adds = async (by: Keeper, key: string, changes: Readonly<Record<string, unknown>>) => await addContact(by, { ...said(changes), key });

/** What is there before an act. */
type Before = { readonly key: string; readonly ids: readonly ContactId[] };
type Act = {
  readonly prepare: () => Promise<Before>;
  readonly act: (by: Keeper, before: Before) => Promise<unknown>;
  /** The contacts that there are once it was done: number and address of each. */
  readonly comesTo: readonly (readonly [string | null, string | null])[];
  /** The addresses by which somebody who is out is known on the way, and all that are out at the end. */
  readonly marks: readonly Address[];
  readonly out: readonly Address[];
  /** The least awaits that it has. */
  readonly steps: number;
};

const FILE = `Phone,Email,Opted out,Consent,Consent date\n${OLD.value},${MAIL.value},,at the counter,2026-01-02\n${NEW.value},,yes,,\n+12125550103,,,at the counter,2026-01-02\n`;

async function given(...people: readonly Readonly<Record<string, unknown>>[]): Promise<Before> {
  const ids: ContactId[] = [];
  for (const one of people) ids.push(must(await adds(keeper, newId(systemRandom), one)));
  return { key: newId(systemRandom), ids };
}

const first = ({ ids }: Before): ContactId => ids[0] as ContactId;

const ACTS: Readonly<Record<string, Act>> = {
  "adding somebody who is out": {
    prepare: async () => {
      await saysStop(keeper, OLD);
      return await given();
    },
    act: async (by, { key }) => await adds(by, key, { name: "Rosa", phone: OLD.value, email: MAIL.value }),
    comesTo: [[OLD.value, MAIL.value]], marks: [OLD], out: [OLD, MAIL], steps: 6,
  },
  "giving somebody who is out other addresses": {
    prepare: async () => {
      const before = await given({ name: "Rosa", phone: OLD.value });
      await saysStop(keeper, OLD);
      return before;
    },
    act: async (by, before) => await changeContact(by, first(before), { ...said({ name: "Rosa", phone: NEW.value, email: MAIL.value }), version: 1 }),
    comesTo: [[NEW.value, MAIL.value]], marks: [OLD, NEW, MAIL], out: [OLD, NEW, MAIL], steps: 8,
  },
  "merging somebody who is out": {
    prepare: async () => {
      const before = await given({ name: "Rosa", email: MAIL.value }, { name: "R.", phone: OLD.value });
      await saysStop(keeper, OLD);
      return before;
    },
    act: async (by, before) => await mergeContacts(by, { id: first(before), version: 1 }, { id: before.ids[1] as ContactId, version: 1 }),
    comesTo: [[OLD.value, MAIL.value]], marks: [OLD], out: [OLD, MAIL], steps: 8,
  },
  "erasing somebody who is out": {
    prepare: async () => {
      const before = await given({ name: "Rosa", phone: OLD.value, email: MAIL.value });
      await saysStop(keeper, OLD, [MAIL]);
      return before;
    },
    act: async (by, before) => await eraseContact(by, { id: first(before), version: 1 }),
    comesTo: [], marks: [OLD, MAIL], out: [OLD, MAIL], steps: 3,
  },
  "taking a file": {
    prepare: async () => {
      await saysStop(keeper, OLD);
      return await given();
    },
    act: async (by) => {
      const file = must(await previewImport(by, {}, new Blob([FILE]).stream()));
      for (let step = 0; step < 5; step += 1) if (must(await stepImport(by, file.id)).state === "done") return { ok: true };
      throw new Error("the file has no end");
    },
    comesTo: [[OLD.value, MAIL.value], [NEW.value, null], ["+12125550103", null]], marks: [OLD, NEW], out: [OLD, NEW, MAIL], steps: 12,
  },
};

async function contactsNow(): Promise<(Pick<Contact, "phone" | "email">)[]> {
  return await rowsOf(desk.shop, "SELECT phone, email FROM contact WHERE shop_id = ?1 ORDER BY phone");
}

/** What must hold at any moment: who is out, is reached at none of their addresses. */
async function wrongNow({ marks }: Act): Promise<string[]> {
  const wrong: string[] = [];
  for (const contact of await contactsNow()) {
    const people = [personOf(contact, "text"), personOf(contact, "email")].filter((person) => person !== null);
    const isOut = people.some(({ address }) => marks.some(({ value }) => value === address.value));
    if (isOut && (await barredAmong(keeper, people)).includes(null)) wrong.push(`reached: ${JSON.stringify(contact)}`);
  }
  return wrong;
}

/** What must hold once it was done. */
async function wrongAfterwards({ out, comesTo }: Act): Promise<string[]> {
  const contacts = (await contactsNow()).map(({ phone, email }) => [phone, email]);
  const barred = await barredAt(keeper, out);
  const evidence = await rowsOf(desk.shop, "SELECT consent_id FROM consent_evidence WHERE shop_id = ?1");
  const lines = await rowsOf<{ lines: number }>(desk.shop, "SELECT count(*) AS lines FROM consent WHERE shop_id = ?1 AND act = 'agreed'");
  const told = await rowsOf(desk.shop, "SELECT DISTINCT subject FROM consent WHERE shop_id = ?1 AND act = 'opted_out'");
  return [
    ...(told.length === out.length ? [] : [`the ledger tells of ${told.length}`]),
    ...(JSON.stringify(contacts) === JSON.stringify(comesTo) ? [] : [`came to ${JSON.stringify(contacts)}`]),
    ...(barred.every((one) => one === "opted_out") ? [] : [`may be reached: ${JSON.stringify(barred)}`]),
    ...(comesTo.length === 0 && evidence.length > 0 ? ["words are left"] : []),
    ...((lines[0]?.lines ?? 0) > 1 ? ["consent counts twice"] : []),
  ];
}

describe.each(Object.entries(ACTS))("%s", (_, one) => {
  it("that dies or fails at any await reaches nobody who is out, and can be done again", async () => {
    const before = await one.prepare();
    const { steps, outcome } = await runWith(desk.env, null, async (env) => await one.act(keeperAt({ world: desk.world, env }, desk.shop), before));
    expect(outcome).toMatchObject({ value: { ok: true } });
    expect(steps).toBeGreaterThanOrEqual(one.steps);
    expect([...await wrongNow(one), ...await wrongAfterwards(one)]).toEqual([]);
    const wrong: string[] = [];
    for (const fault of Array.from({ length: steps }, (__, at) => HOWS.map((how): Fault => ({ at, how }))).flat()) {
      desk = bareDesk();
      keeper = keeperAt(desk, desk.shop);
      const again = await one.prepare();
      await runWith(desk.env, fault, async (env: Bindings) => await one.act(keeperAt({ world: desk.world, env }, desk.shop), again));
      const during = await wrongNow(one);
      await one.act(keeper, again);
      wrong.push(...[...during, ...await wrongNow(one), ...await wrongAfterwards(one)].map((text) => `${fault.how} at ${fault.at}: ${text}`));
    }
    expect(wrong).toEqual([]);
  }, LONGEST_MS);
});
