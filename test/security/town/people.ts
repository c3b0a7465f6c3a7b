/** Who lives in a town, and a browser for each of them. */
import type { PersonId } from "../../../src/kernel/ids";
import type { Result } from "../../../src/kernel/result";
import { createOrganisation } from "../../../src/features/organisations/service";
import { createPerson } from "../../../src/features/people/service";
import { createShop } from "../../../src/features/shops/service";
import { setPassword } from "../../../src/features/sign-in/service";
import type { ShopCard } from "../../../src/http/guard";
import type { Bindings } from "../../../src/platform/env";
import type { World } from "../../../src/platform/world";
import { Visitor, type Handle } from "../../../src/sandbox/visitor";
import { DOMAIN, HARBOUR, LANTERN, ownerOf, PASSWORD, type ShopPlan } from "./plan";

export type TownShop = ShopCard & { readonly plan: ShopPlan; readonly ownerId: PersonId };

/** Harbour and Lantern on one shard, each with an organisation of its own name, and a shop between them that takes the other. */
export async function peopleTown(world: World, env: Bindings): Promise<{ readonly harbour: TownShop; readonly lantern: TownShop }> {
  const harbour = await makeShop(world, env, HARBOUR);
  const between = must(await createPerson(world, env, { email: "owner@between.example", name: "Between" }));
  must(await createShop(world, env, { slug: "between", name: "Between", zone: "America/New_York", currency: "USD" }, between.id));
  const lantern = await makeShop(world, env, LANTERN);
  if (harbour.shard !== lantern.shard) throw new Error("the town's two shops are neighbours on one shard");
  return { harbour, lantern };
}

async function makeShop(world: World, env: Bindings, plan: ShopPlan): Promise<TownShop> {
  const owner = must(await createPerson(world, env, ownerOf(plan)));
  await setPassword(world, env, owner.id, PASSWORD);
  const shop = must(await createShop(world, env, { slug: plan.slug, name: `Shop ${plan.canary}`, zone: "America/New_York", currency: "USD" }, owner.id));
  const from = { address: "", place: "", device: "" };
  must(await createOrganisation(world, env, { ...owner, personId: owner.id, from }, { name: `Group ${plan.canary}`, slug: plan.slug }));
  return { ...shop, plan, ownerId: owner.id };
}

/** A person's browser: goes where a page sends it, and can send anything else with the cookies that it has. */
export type Person = {
  readonly visitor: Visitor;
  /** Puts a cookie into the jar of a host. */
  keep(host: string, name: string, value: string): void;
  /** Sends one request as it is, with the cookies of its host. */
  send(request: Request): Promise<Response>;
};

/** A browser without cookies. */
export function newPerson(handle: Handle): Person {
  const jars = new Map<string, Map<string, string>>();
  const keep = async (request: Request): Promise<Response> => {
    const response = await handle(request);
    const jar = jars.get(new URL(request.url).host) ?? new Map<string, string>();
    jars.set(new URL(request.url).host, jar);
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const visitor = new Visitor(keep);
  return {
    visitor,
    keep: (host, name, value) => {
      jars.set(host, (jars.get(host) ?? new Map<string, string>()).set(name, value));
      visitor.cookies(host).set(name, value);
    },
    send: async (request) => {
      const jar = jars.get(new URL(request.url).host) ?? new Map<string, string>();
      const headers = new Headers(request.headers);
      if (jar.size > 0) headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
      return await keep(new Request(request, { headers, redirect: "manual" }));
    },
  };
}

/** Goes into an organisation's site as well. */
export async function enterHq(person: Person, slug: string): Promise<Person> {
  await person.visitor.open(`https://hq-${slug}.${DOMAIN}/enter/start?to=/`);
  return person;
}

/** A browser of somebody who signed in and went into a shop. */
export async function signIn(handle: Handle, { slug }: Pick<ShopCard, "slug">, email: string): Promise<Person> {
  const person = newPerson(handle);
  const arrival = await person.visitor.open(`https://${slug}.${DOMAIN}/enter/start?to=/`);
  const asked = arrival.url.searchParams;
  const enter = { site: asked.get("site"), challenge: asked.get("challenge"), to: asked.get("to") ?? "/" };
  const { next } = await person.visitor.call<{ next: string }>("POST", `https://auth.${DOMAIN}/api/sign-in`, { email, password: PASSWORD, enter });
  await person.visitor.open(next);
  return person;
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the town could not be made: ${JSON.stringify(result.failure)}`);
  return result.value;
}
