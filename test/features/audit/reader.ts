/** Somebody who reads a shop's audit log through the app. */
import { env } from "cloudflare:workers";
import { newId, type ShopId } from "../../../src/kernel/ids";
import { systemRandom } from "../../../src/kernel/clock";
import type { Role } from "../../../src/kernel/roles";
import type { AuditLine } from "../../../src/platform/audit-leaf";
import { auditLine } from "../../../src/platform/audit";
import { openShopDb } from "../../../src/platform/database";
import type { AuditView } from "../../../src/features/audit/contract";
import type { PersonCard } from "../../../src/features/people/service";
import { createTestWorld, originOf, type Browser, type TestWorld } from "../../support/app";
import { emptied, type LoggedShop } from "../../support/audit-log";
import { enteredBrowser, givenMember, givenPerson, givenShop } from "../../support/people";

export type Reader = {
  readonly world: TestWorld;
  readonly shop: LoggedShop & { readonly slug: string };
  readonly owner: PersonCard;
  readonly browser: Browser;
  readonly get: (path: string) => Promise<Response>;
  readonly view: (query?: string) => Promise<AuditView>;
  readonly write: (line: Partial<AuditLine>) => Promise<void>;
};

/** An owner, or somebody of another role, of a shop of their own in New York. */
export async function givenReader(role: Role = "owner", world: TestWorld = createTestWorld()): Promise<Reader> {
  const name = newId<ShopId>(systemRandom).slice(0, 12);
  const owner = await givenPerson(world, `Owner ${name}`);
  const made = await givenShop(world, `s${name}`, owner);
  const person = role === "owner" ? owner : await givenPerson(world, `Member ${name}`);
  if (role !== "owner") await givenMember(world, made, person, role);
  const browser = await enteredBrowser(world, person, made);
  const shop = { ...await emptied({ id: made.id, shard: made.shard, log: `shop:${made.id}` }), slug: made.slug };
  const get = async (path: string) => await browser.api("GET", `${originOf(made.slug)}/api/audit${path}`);
  const db = openShopDb(env, shop.id, shop.shard);
  return {
    world, shop, owner, browser, get,
    view: async (query = "") => await (await get(query)).json(),
    write: async (line) => {
      await db.orm.batch(auditLine(db, systemRandom, {
        at: world.clock(), actor: { id: `person:${person.id}`, through: null, personal: { name: person.name, email: person.email, address: "203.0.113.7", place: "Lisbon, PT", device: "Firefox" } },
        action: "mapping.saved", subject: "mapping:1", ...line,
      }));
    },
  };
}

/** What the shop's log held when it was made is not the test's business. */
export async function linesOf(reader: Reader, query = ""): Promise<AuditView["lines"]> {
  return (await reader.view(query)).lines;
}
