/** Teams to try things on: people with verified addresses, and calls by path. */
import { env } from "cloudflare:workers";
import type { Role } from "../../../src/kernel/roles";
import type { ShopCard } from "../../../src/http/guard";
import type { PersonCard } from "../../../src/features/people/service";
import { createBrowser, originOf, type Browser, type TestWorld } from "../../support/app";
import { lettersTo, linkIn } from "../../support/mail";
import { enteredBrowser, givenMember, givenPerson, givenShop, signIn } from "../../support/people";

/** A person whose address was proved to be theirs. */
export async function verifiedPerson(town: TestWorld, name: string): Promise<PersonCard> {
  const person = await givenPerson(town, name);
  await env.DIRECTORY.prepare("UPDATE person SET verified_at = ?2 WHERE id = ?1").bind(person.id, town.clock()).run();
  return person;
}

export type Team = { readonly shop: ShopCard; readonly people: Readonly<Record<Role, PersonCard>> };

/** A shop with one person of each role, named for the shop and the role. */
export async function givenTeam(town: TestWorld, slug: string): Promise<Team> {
  const named = async (role: Role) => await verifiedPerson(town, `${role} ${slug}`);
  const people = { owner: await named("owner"), admin: await named("admin"), tech: await named("tech"), sales: await named("sales"), viewer: await named("viewer") };
  const shop = await givenShop(town, slug, people.owner);
  for (const role of ["admin", "tech", "sales", "viewer"] as const) await givenMember(town, shop, people[role], role);
  return { shop, people };
}

export type Answer = { readonly status: number; readonly kind: string | undefined; readonly title: string | undefined; readonly body: unknown };

/** Somebody in a shop, who calls its API by path. */
export async function enter(town: TestWorld, { shop }: Pick<Team, "shop">, person: PersonCard): Promise<(method: string, path: string, body?: unknown) => Promise<Answer>> {
  const browser = await enteredBrowser(town, person, shop);
  return async (method, path, body) => await answerOf(await browser.api(method, `${originOf(shop.slug)}/api${path}`, body === undefined ? {} : { body }));
}

/** Somebody signed in at `auth.` (nobody, for null), who calls its API by path. */
export async function atAuth(town: TestWorld, person: PersonCard | null): Promise<(path: string, body: unknown) => Promise<Answer>> {
  const browser: Browser = createBrowser(town);
  if (person !== null) await signIn(town, browser, person);
  return async (path, body) => await answerOf(await browser.api("POST", `${originOf("auth")}/api${path}`, { body }));
}

async function answerOf(response: Response): Promise<Answer> {
  const body = await response.json<{ readonly error?: { readonly kind: string; readonly title: string } }>();
  return { status: response.status, kind: body.error?.kind, title: body.error?.title, body };
}

/** The secret of the link in the latest letter to an address. */
export async function tokenFor(town: TestWorld, email: string): Promise<string> {
  const letter = (await lettersTo(town, email)).findLast(({ subject }) => subject.includes("invites you"));
  if (letter === undefined) throw new Error(`nobody invited ${email}`);
  const { origin, pathname, hash } = new URL(linkIn(letter));
  if (`${origin}${pathname}` !== `${originOf("auth")}/invitation`) throw new Error(`the letter leads to ${linkIn(letter)}`);
  return hash.slice(1);
}

/** The roles of a shop's members by their ids. */
export async function rolesIn({ shop }: Pick<Team, "shop">): Promise<Readonly<Record<string, Role>>> {
  const { results } = await env.DIRECTORY.prepare("SELECT person_id, role FROM membership WHERE shop_id = ?1").bind(shop.id).all<{ person_id: string; role: Role }>();
  return Object.fromEntries(results.map(({ person_id, role }) => [person_id, role]));
}
