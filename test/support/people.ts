/** People, shops and who is signed in where, made by the same services that the product uses. */
import { env } from "cloudflare:workers";
import { createPerson, type PersonCard } from "../../src/features/people/service";
import { addMember, createShop } from "../../src/features/shops/service";
import { SESSION_COOKIE, writeToken } from "../../src/features/sessions/rules";
import { beginSession } from "../../src/features/sessions/service";
import { setPassword } from "../../src/features/sign-in/service";
import type { ShopCard } from "../../src/http/guard";
import type { OrganisationCard } from "../../src/http/hq-guard";
import { systemRandom } from "../../src/kernel/clock";
import { newId, type OrganisationId } from "../../src/kernel/ids";
import type { Result } from "../../src/kernel/result";
import type { Role } from "../../src/kernel/roles";
import type { World } from "../../src/platform/world";
import { createBrowser, originOf, type Browser } from "./app";

export const PASSWORD = "correct horse battery staple";

/** The value of what must have worked. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`expected success, got ${JSON.stringify(result.failure)}`);
  return result.value;
}

/** A person without a password, which takes a quarter of a second to make: see `withPassword`. */
export async function givenPerson(world: World, name: string): Promise<PersonCard> {
  return must(await createPerson(world, env, { name, email: `${name.toLowerCase().replaceAll(" ", ".")}@example.com` }));
}

/** Gives a person the password `PASSWORD`. */
export async function withPassword(world: World, person: PersonCard): Promise<PersonCard> {
  must(await setPassword(world, env, person.id, PASSWORD));
  return person;
}

/** A shop in New York that counts in dollars. */
export async function givenShop(world: World, slug: string, owner: PersonCard): Promise<ShopCard> {
  return must(await createShop(world, env, { slug, name: `The ${slug}`, zone: "America/New_York", currency: "USD" }, owner.id));
}

/** Gives a person a role in a shop. */
export async function givenMember(world: World, shop: ShopCard, person: PersonCard, role: Role): Promise<void> {
  must(await addMember(world, env, shop.id, person.id, role));
}

/** Signs a person in at `auth.` without asking for a password. */
export async function signIn(world: World, browser: Browser, person: PersonCard): Promise<void> {
  const token = await beginSession(world, env, person.id, new Request(originOf("auth")), { factor: "password" });
  browser.cookies(new URL(originOf("auth")).host).set(SESSION_COOKIE, writeToken(token));
}

/** A browser in which a person has signed in and entered a shop, by the shop's own way in. */
export async function enteredBrowser(world: World, person: PersonCard, shop: Pick<ShopCard, "slug">): Promise<Browser> {
  const browser = createBrowser(world);
  await signIn(world, browser, person);
  const arrival = await browser.open(`${originOf(shop.slug)}/enter/start`);
  if (arrival.url.origin !== originOf(shop.slug)) throw new Error(`entering ${shop.slug} ended at ${arrival.url.href}`);
  return browser;
}

/** An organisation at `hq-<slug>.`, with its first owner. */
export async function givenOrganisation(slug: string, owner: PersonCard): Promise<OrganisationCard> {
  const card: OrganisationCard = { id: newId<OrganisationId>(systemRandom), slug, name: `The ${slug}` };
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare("INSERT INTO organisation (id, slug, name, created_at) VALUES (?1, ?2, ?3, 1)").bind(card.id, slug, card.name),
    env.DIRECTORY.prepare("INSERT INTO organisation_member (organisation_id, person_id, role, created_at) VALUES (?1, ?2, 'hq_owner', 1)").bind(card.id, owner.id),
  ]);
  return card;
}

/** Gives a person an authenticator app that was confirmed; nobody knows its seed. */
export async function withAuthenticator(world: World, person: PersonCard): Promise<void> {
  await env.DIRECTORY.prepare("INSERT INTO totp (person_id, sealed_seed, confirmed_at, last_step) VALUES (?1, 'sealed', ?2, 0)")
    .bind(person.id, world.clock()).run();
}
