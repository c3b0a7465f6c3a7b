/** A shop that writes to many: the house of messages, contacts by the hundred, and a person who sends lists. */
import type { BroadcastAnswer, BroadcastPlan, BroadcastView, DryRunView } from "../../../src/features/broadcasts/contract";
import { subjectOf } from "../../../src/features/consent/service";
import type { TemplateAnswer, TemplateChange, TemplateView } from "../../../src/features/messages/contract";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type ContactId } from "../../../src/kernel/ids";
import { readConfig } from "../../../src/platform/env";
import { openHouse, shardOf, type House } from "../messages/house";

export { NOON, shardOf, type House } from "../messages/house";

/** Somebody to be made a contact. */
export type Given = { readonly phone: string | null; readonly name?: string; readonly email?: string | null; readonly zone?: string | null; readonly tags?: readonly string[]; readonly agreed?: boolean };

/** A number in an area code; the same for the same index. */
export function numberIn(area: string, index: number): string {
  return `+1${area}556${String(index).padStart(4, "0")}`;
}

/** Makes contacts with their consent by a few statements: as many as a test needs. Answers their ids in the same order. */
export async function givenPeople({ desk, env }: Pick<House, "desk" | "env">, people: readonly Given[]): Promise<readonly ContactId[]> {
  const { shopId } = desk.db;
  const at = desk.world.clock();
  const subject = async (channel: "text" | "email", value: string | null | undefined) => (value === null || value === undefined ? null : await subjectOf(readConfig(env), shopId, { channel, value }));
  const rows = await Promise.all(people.map(async ({ phone, name = "Ada Okafor", email = null, zone = null, tags = ["all"], agreed = true }) => ({
    id: newId<ContactId>(systemRandom), name, phone, email, zone, tags: JSON.stringify(tags), agreed, consentId: newId(systemRandom), otherId: newId(systemRandom),
    phoneSubject: await subject("text", phone), emailSubject: await subject("email", email),
  })));
  for (let from = 0; from < rows.length; from += 250) {
    const chunk = JSON.stringify(rows.slice(from, from + 250));
    const of = (channel: "text" | "email", id: string, held: string) => shardOf(env).prepare(`
      INSERT INTO consent (shop_id, id, subject, channel, act, source, said_at, at, reference, follows, by_person)
      SELECT ?1, value ->> '${id}', value ->> '${held}', '${channel}', 'agreed', 'staff', ?2, ?2, NULL, NULL, NULL FROM json_each(?3) WHERE value ->> 'agreed' AND value ->> '${held}' IS NOT NULL`).bind(shopId, at, chunk);
    await shardOf(env).batch([
      shardOf(env).prepare(`
        INSERT INTO contact (shop_id, id, name, phone, phone_subject, email, email_subject, zone, note, tags, words, sort, former, version, created_by, created_at, changed_at)
        SELECT ?1, value ->> 'id', value ->> 'name', value ->> 'phone', value ->> 'phoneSubject', value ->> 'email', value ->> 'emailSubject', value ->> 'zone', '', value ->> 'tags',
          lower(value ->> 'name'), lower(value ->> 'name'), '[]', 1, 'daybook', ?2, ?2 FROM json_each(?3) WHERE true`).bind(shopId, at, chunk),
      of("text", "consentId", "phoneSubject"), of("email", "otherId", "emailSubject"),
    ]);
  }
  return rows.map(({ id }) => id);
}

/** A template as a page sends it. */
export function templateOf(changes: Partial<TemplateChange> = {}): TemplateChange {
  return { name: "Reminder", kind: "reminder", channel: "text", subject: "", body: "Hi {{first_name}}, {{shop}} is open again.", version: 0, ...changes };
}

/** Somebody who sends lists. Every call fails the test where the app refuses, but for `send`. */
export async function senderAt(house: House, role: "owner" | "admin" = "admin") {
  const { send, call, shop } = await house.someone(role);
  const template = async (changes: Partial<TemplateChange> = {}) => (await call<TemplateAnswer>("POST", "/message-templates", templateOf(changes))).template;
  const planFor = (one: TemplateView, changes: Partial<BroadcastPlan> = {}): BroadcastPlan => ({ template: one.id, audience: { tags: ["all"], contacts: [] }, link: "", perMinute: 60, ...changes });
  const dryRun = async (plan: BroadcastPlan) => await call<DryRunView>("POST", "/broadcasts/dry-run", plan);
  const start = async (plan: BroadcastPlan, fingerprint: string, key: string = newId(systemRandom)) => (
    (await call<BroadcastAnswer>("POST", "/broadcasts", { ...plan, name: "Spring", fingerprint, key })).broadcast
  );
  return {
    send, call, shop, template, planFor, dryRun, start,
    /** Looks and starts. */
    go: async (plan: BroadcastPlan) => await start(plan, (await dryRun(plan)).fingerprint),
    look: async ({ id }: Pick<BroadcastView, "id">) => (await call<BroadcastAnswer>("GET", `/broadcasts/${id}`)).broadcast,
    turn: async ({ id }: Pick<BroadcastView, "id">, act: "pause" | "resume" | "cancel") => (await call<BroadcastAnswer>("POST", `/broadcasts/${id}/${act}`, {})).broadcast,
  };
}

/** A house whose line has a pace. */
export async function openHall({ now, perMinute = 60 }: { readonly now?: number; readonly perMinute?: number } = {}): Promise<House> {
  const house = await openHouse(now === undefined ? {} : { now });
  await shardOf(house.env).prepare("UPDATE text_line SET per_minute = ?1 WHERE shop_id = ?2").bind(perMinute, house.shop.id).run();
  return house;
}

const QUARTER_MS = 15 * 60_000;

/** Lets time pass and delivers what is due, until so much has passed: in small steps while something stands on a queue, and from one look of cron to the next where nothing does. */
export async function livesOn(house: Pick<House, "clock" | "work" | "cron"> & { readonly pass: (milliseconds: number) => void; readonly queue: Pick<House["queue"], "waiting"> }, { milliseconds, stepMs = 5_000 }: { readonly milliseconds: number; readonly stepMs?: number }): Promise<void> {
  const end = house.clock() + milliseconds;
  await house.work();
  while (house.clock() < end) {
    const toCron = QUARTER_MS - (house.clock() % QUARTER_MS);
    house.pass(house.queue.waiting().length === 0 ? toCron : Math.min(stepMs, toCron));
    if (house.clock() % QUARTER_MS === 0) await house.cron();
    else await house.work();
  }
}

/** Everything that Twilio took from the shop: to whom, what, and when. */
export function sentBy(house: Pick<House, "twilio">): readonly { readonly to: string; readonly body: string; readonly at: number }[] {
  return house.twilio.texts({}).filter(({ direction }) => direction !== "inbound").map(({ to, body, createdAt }) => ({ to, body, at: createdAt }));
}
