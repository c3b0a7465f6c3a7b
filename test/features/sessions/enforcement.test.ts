/** A shop that asks for a second factor asks every session, on every way in, from the very next request. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../../src/features/people/service";
import type { ShopCard } from "../../../src/http/guard";
import { createApp } from "../../../src/app";
import { mayRequireSecondFactor } from "../../../src/http/second-factor";
import { newId, type SessionId } from "../../../src/kernel/ids";
import { visitorAtAuth } from "../../../src/features/sessions/service";
import { createTestWorld, originOf, type Browser } from "../../support/app";
import { enteredBrowser, givenMember, givenPerson, givenShop } from "../../support/people";

const world = createTestWorld();
const harbour = originOf("harbour");
let mara: PersonCard;
let shop: ShopCard;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
  shop = await givenShop(world, "harbour", mara);
  await givenShop(world, "lantern", mara);
});

async function require(isRequired: boolean): Promise<void> {
  await env.DIRECTORY.prepare("UPDATE shop SET requires_second_factor = ? WHERE id = ?").bind(isRequired ? 1 : 0, shop.id).run();
}

/** What proving with a second factor at `auth.` writes. */
async function showSecondFactor(): Promise<void> {
  await env.DIRECTORY.prepare("UPDATE session SET second_factor_at = ? WHERE person_id = ?").bind(world.clock(), mara.id).run();
}

async function seen(browser: Browser, label: string): Promise<string> {
  const answer = await browser.api("GET", `${originOf(label)}/api/shop`);
  return answer.ok ? "in" : (await answer.json<{ readonly error: { readonly kind: string } }>()).error.kind;
}

describe("a shop that asks for a second factor", () => {
  it("asks a session that was in already, at its next request, and lets it on when one was shown", async () => {
    await require(false);
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    expect(await seen(browser, "harbour")).toBe("in");
    await require(true);
    expect(await seen(browser, "harbour")).toBe("second_factor_needed");
    await showSecondFactor();
    expect(await seen(browser, "harbour")).toBe("in");
  });

  it("asks on every route of its host, the socket of an open page among them", async () => {
    await require(false);
    const browser = await enteredBrowser(world, mara, { slug: "harbour" });
    await require(true);
    const cookie = [...browser.cookies(new URL(harbour).host)].map(([name, value]) => `${name}=${value}`).join("; ");
    for (const path of ["/api/days?from=2026-07-01&to=2026-07-02", "/api/mapping", "/api/connections", "/api/watch"]) {
      const answer = await createApp(world).fetch(new Request(`${harbour}${path}`, { headers: { cookie, upgrade: "websocket", origin: harbour } }), env);
      expect([path, answer.status, (await answer.json<{ error: { kind: string } }>()).error.kind]).toEqual([path, 403, "second_factor_needed"]);
    }
  });

  it("asks at auth. before it hands anybody over, and hands over once one was shown; other shops are as open as before", async () => {
    await require(false);
    const browser = await enteredBrowser(world, mara, { slug: "lantern" });
    await require(true);
    const enter = async () => (await browser.open(`${harbour}/enter/start?to=/days`)).url;
    const asked = await enter();
    expect([asked.host, asked.pathname, asked.searchParams.get("site"), asked.searchParams.get("to")]).toEqual([new URL(originOf("auth")).host, "/second-factor", "harbour", "/days"]);
    expect(await seen(browser, "lantern")).toBe("in");
    await showSecondFactor();
    expect((await enter()).origin).toBe(harbour);
  });

  it("does not tell anybody that it does who is no member", async () => {
    await require(true);
    const olaf = await givenPerson(world, "Olaf");
    const browser = await enteredBrowser(world, olaf, await givenShop(world, "pier", olaf));
    expect((await browser.open(`${harbour}/enter/start`)).url.pathname).toBe("/");
  });

  it("asks when a consent comes back at auth.", async () => {
    await require(true);
    const comer = {
      person: { id: mara.id, name: mara.name, email: mara.email }, sessionId: newId<SessionId>(world.random), provedAt: 0, secondFactorAt: null,
      from: { address: "", place: "", device: "" },
    };
    expect(await visitorAtAuth(env, shop.id, comer)).toMatchObject({ ok: false, failure: { kind: "second_factor_needed" } });
    expect(await visitorAtAuth(env, shop.id, { ...comer, secondFactorAt: 1 })).toMatchObject({ ok: true, value: { role: "owner", through: null } });
  });

  it("is made so only by somebody who would still be let in", () => {
    expect(mayRequireSecondFactor({ secondFactorAt: null })).toMatchObject({ ok: false, failure: { kind: "conflict", message: expect.stringContaining("second factor yourself first") as string } });
    expect(mayRequireSecondFactor({ secondFactorAt: 1 }).ok).toBe(true);
  });
});

describe("somebody who was disabled", () => {
  it("is out everywhere at once, and can neither enter nor come back from a consent", async () => {
    await require(false);
    const nils = await givenPerson(world, "Nils");
    await givenMember(world, shop, nils, "admin");
    const browser = await enteredBrowser(world, nils, { slug: "harbour" });
    await env.DIRECTORY.prepare("UPDATE person SET disabled_at = 1 WHERE id = ?").bind(nils.id).run();
    expect(await seen(browser, "harbour")).toBe("not_signed_in");
    expect((await browser.api("GET", `${originOf("auth")}/api/me`)).status).toBe(401);
    expect((await browser.open(`${harbour}/enter/start`)).url.pathname).toBe("/sign-in");
  });
});
