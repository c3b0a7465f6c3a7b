/** Organisations, their people and their shops, made by the product's own services, and browsers that stand on their sites. */
import { env } from "cloudflare:workers";
import { createOrganisation } from "../../../src/features/organisations/service";
import type { PersonCard } from "../../../src/features/people/service";
import type { ShopCard } from "../../../src/http/guard";
import type { OrganisationCard } from "../../../src/http/hq-guard";
import type { OrganisationId, ShopId } from "../../../src/kernel/ids";
import type { HqRole } from "../../../src/kernel/roles";
import { shardsOf } from "../../../src/platform/env";
import type { World } from "../../../src/platform/world";
import { createBrowser, originOf, type Browser } from "../../support/app";
import { must, signIn } from "../../support/people";

const NOWHERE = { address: "", place: "", device: "" };

/** An organisation whose owner is that person. */
export async function givenOrganisation(world: World, slug: string, owner: PersonCard): Promise<OrganisationCard> {
  const signed = { personId: owner.id, name: owner.name, email: owner.email, from: NOWHERE };
  return must(await createOrganisation(world, env, signed, { name: `The ${slug} group`, slug }));
}

/** Gives a person a role in an organisation, in place of the one they had. */
export async function givenHqMember(organisation: OrganisationCard, person: PersonCard, role: HqRole): Promise<void> {
  await env.DIRECTORY.prepare("INSERT INTO organisation_member (organisation_id, person_id, role, created_at) VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET role = excluded.role")
    .bind(organisation.id, person.id, role).run();
}

/** Puts a shop into an organisation without anybody's consent. */
export async function givenBelonging(organisation: OrganisationCard, shopId: ShopId): Promise<void> {
  await env.DIRECTORY.prepare("UPDATE shop SET organisation_id = ? WHERE id = ?").bind(organisation.id, shopId).run();
}

/** A browser in which a person has signed in and entered an organisation's site, by its own way in. */
export async function enteredHq(world: World, person: PersonCard, { slug }: Pick<OrganisationCard, "slug">): Promise<Browser> {
  const browser = createBrowser(world);
  await signIn(world, browser, person);
  const arrival = await browser.open(`${originOf(`hq-${slug}`)}/enter/start`);
  if (arrival.url.origin !== originOf(`hq-${slug}`)) throw new Error(`entering ${slug} ended at ${arrival.url.href}`);
  return browser;
}

export type Asked<T> = { readonly status: number; readonly body: T };

/** Asks `/api/...` of a site: a shop's label, or `hq-<name>`. */
export async function ask<T = { readonly error?: { readonly kind: string; readonly title: string } }>(
  browser: Browser, label: string, method: string, path: string, body?: unknown,
): Promise<Asked<T>> {
  const response = await browser.api(method, `${originOf(label)}/api${path}`, body === undefined ? {} : { body });
  return { status: response.status, body: await response.json<T>() };
}

export type Line = { readonly action: string; readonly actor: string; readonly through: string | null; readonly subject: string; readonly after: string | null };

/** A shop's audit log since it was made, oldest first. */
export async function shopLog(shop: Pick<ShopCard, "id" | "shard">): Promise<Line[]> {
  const shard = shardsOf(env)[shop.shard];
  if (shard === undefined) throw new Error("there is no such shard");
  const { results } = await shard.prepare("SELECT action, actor, through, subject, after FROM audit WHERE shop_id = ? AND action <> 'shop.created' ORDER BY seq").bind(shop.id).all<Line>();
  return results;
}

/** An organisation's audit log, oldest first. */
export async function organisationLog(id: OrganisationId): Promise<Line[]> {
  const { results } = await env.DIRECTORY.prepare("SELECT action, actor, through, subject, after FROM organisation_audit WHERE organisation_id = ? ORDER BY seq").bind(id).all<Line>();
  return results;
}

/** To which organisation a shop belongs at this moment. */
export async function belongingOf(shopId: ShopId): Promise<string | null> {
  return await env.DIRECTORY.prepare("SELECT organisation_id FROM shop WHERE id = ?").bind(shopId).first<string>("organisation_id");
}
