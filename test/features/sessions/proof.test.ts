/** Sensitive acts ask for a proof of the last ten minutes, on a shop's and an organisation's host as at `auth.`. */
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../../src/features/people/service";
import { createIdentify, createIdentifyHq } from "../../../src/features/sessions/service";
import { guard, type ShopEnv } from "../../../src/http/guard";
import { hqGuard, type HqEnv } from "../../../src/http/hq-guard";
import { MINUTE } from "../../../src/kernel/clock";
import { createTestWorld, originOf, type Browser } from "../../support/app";
import { enteredBrowser, givenOrganisation, givenPerson, givenShop } from "../../support/people";

type Env = { Bindings: ShopEnv["Bindings"]; Variables: ShopEnv["Variables"] & HqEnv["Variables"] };

const world = createTestWorld();
let mara: PersonCard;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
  await givenShop(world, "harbour", mara);
  await givenOrganisation("big", mara);
});

/** One sensitive route and one that is none, on each kind of site. */
const sites = new Hono<Env>()
  .use(async (c, next) => {
    c.set("world", world);
    c.set("identify", createIdentify(world));
    c.set("identifyHq", createIdentifyHq(world));
    await next();
  })
  .get("/shop/plain", guard("shop.read"), (c) => c.text("done"))
  .get("/shop/sensitive", guard("shop.read", { proof: "lately" }), (c) => c.text("done"))
  .get("/shop/forbidden", guard("ownership.manage", { proof: "lately" }), (c) => c.text("done"))
  .get("/hq/plain", hqGuard("hq.read"), (c) => c.text("done"))
  .get("/hq/sensitive", hqGuard("hq.read", { proof: "lately" }), (c) => c.text("done"));

async function ask(browser: Browser, label: string, path: string): Promise<string> {
  const { host, origin } = new URL(originOf(label));
  const cookie = [...browser.cookies(host)].map(([name, value]) => `${name}=${value}`).join("; ");
  const answer = await sites.fetch(new Request(`${origin}${path}`, { headers: { cookie } }), env);
  return answer.ok ? await answer.text() : (await answer.json<{ readonly error: { readonly kind: string } }>()).error.kind;
}

describe.each([["harbour", "/shop"], ["hq-big", "/hq"]])("a sensitive act at %s", (label, site) => {
  it("is done within ten minutes of a proof, and asks for another one after that; everything else goes on", async () => {
    const browser = await enteredBrowser(world, mara, { slug: label });
    world.pass(10 * MINUTE);
    expect(await ask(browser, label, `${site}/sensitive`)).toBe("done");
    world.pass(1);
    expect(await ask(browser, label, `${site}/sensitive`)).toBe("proof_needed");
    expect(await ask(browser, label, `${site}/plain`)).toBe("done");
    await env.DIRECTORY.prepare("UPDATE session SET proved_at = ? WHERE person_id = ?").bind(world.clock(), mara.id).run();
    expect(await ask(browser, label, `${site}/sensitive`)).toBe("done");
  });
});

describe("a proof", () => {
  it("is not asked of somebody whose role does not allow the act: it would help them to nothing", async () => {
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    await env.DIRECTORY.prepare("INSERT INTO membership (shop_id, person_id, role, created_at) SELECT shop_id, ?, 'owner', 1 FROM membership").bind((await givenPerson(world, "Nils")).id).run();
    await env.DIRECTORY.prepare("UPDATE membership SET role = 'viewer' WHERE person_id = ?").bind(mara.id).run();
    world.pass(11 * MINUTE);
    expect(await ask(browser, "harbour", "/shop/forbidden")).toBe("not_permitted");
  });
});
