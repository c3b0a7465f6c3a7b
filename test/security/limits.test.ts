/** Guessing ends after a few tries, from wherever they come, whoever they are aimed at, and locks nobody's other doors. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { accountNameOf } from "../../src/features/sign-in/address";
import { giveBack, takeTurn, type LimitedAct, type Turn } from "../../src/http/limit";
import { networkOf } from "../../src/http/network";
import { answer } from "../../src/http/respond";
import { router } from "../../src/http/router";
import { MINUTE } from "../../src/kernel/clock";
import type { Bindings } from "../../src/platform/env";
import { ok } from "../../src/kernel/result";
import { createBrowser, createTestWorld, originOf, type TestWorld } from "../support/app";
import { givenPerson, PASSWORD, withPassword } from "../support/people";

const signInUrl = `${originOf("auth")}/api/sign-in`;

/** Real turns at acts that cost nothing here, asked as a route asks for them. */
function desk(world: TestWorld, bindings: Bindings = env) {
  const app = router().use(async (c, next) => {
    c.set("world", world);
    await next();
  }).post("/give-back", async (c) => {
    await giveBack(c, "password", await c.req.json<Turn>());
    return c.json({});
  }).post("/:act", async (c) => {
    const turn = await takeTurn(c, c.req.param("act") as LimitedAct, await c.req.json<Turn>());
    return answer(c, turn.ok ? ok({}) : turn);
  });
  const take = async (act: string, address: string, turn: Turn, headers: Readonly<Record<string, string>> = {}): Promise<Response> => await app.request(
    `/${act}`, { method: "POST", body: JSON.stringify(turn), headers: { ...(address === "" ? {} : { "cf-connecting-ip": address }), ...headers } }, bindings,
  );
  /** How many of so many tries are let through. */
  const passed = async (tries: number, act: LimitedAct, addressOf: (index: number) => string, turnOf: (index: number) => Turn): Promise<number> => {
    const answers = await Promise.all(Array.from({ length: tries }, async (_, index) => await take(act, addressOf(index), turnOf(index))));
    return answers.filter(({ status }) => status === 200).length;
  };
  return { take, passed };
}

/** A few places, none of which wears out by itself. */
const anywhere = (index: number) => `198.51.100.${index % 5}`;

describe("a password", { timeout: 60_000 }, () => {
  const world = createTestWorld();

  beforeAll(async () => {
    await withPassword(world, await givenPerson(world, "Mara"));
  }, 60_000);

  it("is tried ten times at most by a hundred at once from several places, and no try more until its time is over", async () => {
    const browser = createBrowser(world);
    const answers = await Promise.all(Array.from({ length: 100 }, async (_, index) => await browser.api("POST", signInUrl, {
      body: { email: index % 2 === 0 ? "mara@example.com" : "MARA@Example.COM", password: `wrong ${index}` }, headers: { "cf-connecting-ip": anywhere(index) },
    })));
    expect(answers.map(({ status }) => status).filter((status) => status === 401)).toHaveLength(10);
    expect(answers.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(90);
    const right = await createBrowser(world).api("POST", signInUrl, { body: { email: "mara@example.com", password: PASSWORD } });
    expect([right.status, right.headers.get("retry-after")]).toEqual([429, "900"]);
    world.pass(15 * MINUTE - 1);
    expect((await createBrowser(world).api("POST", signInUrl, { body: { email: "mara@example.com", password: PASSWORD } })).status).toBe(429);
    world.pass(1);
    expect((await createBrowser(world).api("POST", signInUrl, { body: { email: "mara@example.com", password: PASSWORD } })).status).toBe(200);
  });

  it("that was right gives the account its turns back", async () => {
    const { passed } = desk(world);
    const hers = () => ({ account: "mara@example.com" });
    expect(await passed(9, "password", anywhere, hers)).toBe(9);
    expect((await createBrowser(world).api("POST", signInUrl, { body: { email: "mara@example.com", password: PASSWORD } })).status).toBe(200);
    expect(await passed(20, "password", anywhere, hers)).toBe(10);
  });

  it("is refused to somebody unknown as to somebody known: the same words, and the same questions to databases and counts", async () => {
    const trail = async (email: string) => {
      const { bindings, asked } = watched();
      const answers: string[] = [];
      await desk(world).passed(9, "password", anywhere, () => ({ account: email }));
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const response = await createBrowser(world, bindings).api("POST", signInUrl, { body: { email, password: "wrong" }, headers: { "cf-connecting-ip": "203.0.113.9" } });
        answers.push(JSON.stringify([response.status, [...response.headers], await response.text()]));
        asked.push("answered");
      }
      return { answers, asked };
    };
    world.pass(15 * MINUTE);
    const [known, unknown] = [await trail("mara@example.com"), await trail("nobody@example.com")];
    expect(unknown).toEqual(known);
    expect(known.answers.map((text) => Number(/^\[(\d+)/.exec(text)?.[1]))).toEqual([401, 429]);
    expect(known.asked.filter((one) => one === "answered" || one.includes("FROM person") || one.startsWith("limiter"))).toEqual([
      "limiter take", "limiter take", expect.stringContaining("FROM person"), "answered", "limiter take", "limiter take", "limiter giveBack", "answered",
    ]);
  });
});

/** Bindings whose directory and limiter note what they are asked. */
function watched(): { readonly bindings: Bindings; readonly asked: string[] } {
  const asked: string[] = [];
  const directory = new Proxy(env.DIRECTORY, { get: (target, property) => (property === "prepare"
    ? (sql: string) => {
      asked.push(sql);
      return target.prepare(sql);
    }
    : Reflect.get(target, property) as unknown) });
  const limiter = { getByName: (name: string) => {
    const stub = env.LIMITER.getByName(name) as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>;
    return new Proxy({}, { get: (_, method) => async (...values: unknown[]) => {
      asked.push(`limiter ${String(method)}`);
      return await stub[String(method)]?.(...values);
    } });
  } } as unknown as Bindings["LIMITER"];
  return { bindings: { ...env, DIRECTORY: directory, LIMITER: limiter }, asked };
}

describe("a stranger who wears out an account's password", () => {
  it("leaves passkey and link open, and other people's passwords", async () => {
    const { passed } = desk(createTestWorld());
    const victim = () => ({ account: "victim@example.com" });
    expect(await passed(40, "password", anywhere, victim)).toBe(10);
    expect(await passed(1, "passkey", () => "203.0.113.1", victim)).toBe(1);
    expect(await passed(1, "mail_link", () => "203.0.113.1", victim)).toBe(1);
    expect(await passed(1, "mail_code", () => "203.0.113.1", victim)).toBe(1);
    expect(await passed(1, "password", () => "203.0.113.1", () => ({ account: "other@example.com" }))).toBe(1);
  });

  it("and asks for links at one place until none is left there, leaves links to the person elsewhere", async () => {
    const { passed } = desk(createTestWorld());
    const victim = () => ({ account: "linked@example.com" });
    expect(await passed(30, "mail_link", () => "192.0.2.66", victim)).toBe(5);
    expect(await passed(1, "mail_link", () => "203.0.113.1", victim)).toBe(1);
  });
});

describe("an address", { timeout: 20_000 }, () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"], ["::ffff:203.0.113.7", "203.0.113.7"], ["::FFFF:cb00:7107", "203.0.113.7"], ["0:0:0:0:0:ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:0:1::1", "2001:db8:0:1::/64"], ["2001:0DB8:0000:0001:ffff:ffff:ffff:ffff", "2001:db8:0:1::/64"], ["2001:db8:0:1:0:0:0:2", "2001:db8:0:1::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"], ["::1", "0:0:0:0::/64"], ["2001:db8:0:2::1", "2001:db8:0:2::/64"], ["fe80::1%eth0", "fe80::1%eth0"], ["not:an:address", "not:an:address"],
  ])("%s is counted as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it("that turns through its /64 is one, and its neighbour another", async () => {
    const { passed } = desk(createTestWorld());
    const nobody = () => ({});
    expect(await passed(120, "passkey", (index) => `2001:db8:0:aa::${index.toString(16)}`, nobody)).toBe(100);
    expect(await passed(1, "passkey", () => "2001:db8:0:ab::1", nobody)).toBe(1);
  });

  it("tries fifty of any number of accounts, and the rest have lost nothing by it", async () => {
    const { passed } = desk(createTestWorld());
    const turn = (index: number) => ({ account: `one-of-many-${index}@example.com` });
    expect(await passed(60, "password", () => "192.0.2.77", turn)).toBe(50);
    // The worn-out address goes on at one account, in vain: that account has all of its turns.
    expect(await passed(12, "password", () => "192.0.2.77", () => turn(99))).toBe(0);
    expect(await passed(20, "password", anywhere, () => turn(99))).toBe(10);
  });

  it("is Cloudflare's word: what a client writes into other headers is not read", async () => {
    const { take } = desk(createTestWorld());
    const forged = (index: number) => ({ "x-forwarded-for": `10.0.0.${index}`, "x-real-ip": `10.0.0.${index}`, "forwarded": `for=10.0.0.${index}`, "true-client-ip": `10.0.0.${index}` });
    const answers = await Promise.all(Array.from({ length: 120 }, async (_, index) => await take("passkey", "192.0.2.88", {}, forged(index))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
  });
});

describe("an account", () => {
  it("is what it is stored as: another case is the same, and another spelling is another account", async () => {
    const world = createTestWorld();
    const { passed } = desk(world);
    expect(await passed(10, "password", anywhere, () => ({ account: "dot.plus@example.com" }))).toBe(10);
    const attempt = async (email: string) => (await createBrowser(world).api("POST", signInUrl, { body: { email, password: "wrong" } })).status;
    expect([await attempt("Dot.Plus@EXAMPLE.com"), await attempt("  dot.plus@example.com ")]).toEqual([429, 429]);
    // None of these can be the same person: each is somebody else's address, or none at all.
    const others = ["dotplus@example.com", "dot.plus+shop@example.com", "dot.plus@ex\u0430mple.com", "dot.p\uff4cus@example.com", "dot.plus@example.com."];
    expect(new Set([...others, "dot.plus@example.com"].map(accountNameOf)).size).toBe(6);
  });
});

describe("the first line", () => {
  const withFirst = (limit: RateLimit["limit"]): Bindings => ({ ...env, FIRST_LIMIT: { limit } });

  it("refuses before any count is asked", async () => {
    const keys: unknown[] = [];
    const refusing = withFirst(async (options) => {
      keys.push(options);
      return { success: false };
    });
    const unasked = { getByName: () => { throw new Error("a count was asked"); } } as unknown as Bindings["LIMITER"];
    const { take } = desk(createTestWorld(), { ...refusing, LIMITER: unasked });
    const response = await take("password", "2001:db8:0:cc::9", { account: "first@example.com" });
    expect([response.status, response.headers.get("retry-after"), keys]).toEqual([429, "60", [{ key: "2001:db8:0:cc::/64" }]]);
  });

  it("lets pass when it is broken, and says so: the counts behind it still hold", async () => {
    const world = createTestWorld();
    const { passed } = desk(world, withFirst(async () => await Promise.reject(new Error("broken"))));
    expect(await passed(20, "password", anywhere, () => ({ account: "second@example.com" }))).toBe(10);
    expect(world.lines.filter((line) => line.includes("limit.first_line_failed"))).toHaveLength(20);
  });
});

describe("a refusal", () => {
  it("says in how many whole seconds there is another turn, and then there is", async () => {
    const world = createTestWorld();
    const { take, passed } = desk(world);
    const shop = { shop: "shop-of-a-test" };
    expect(await passed(20, "export", anywhere, () => shop)).toBe(20);
    world.pass(1_500);
    const refused = await take("export", anywhere(1), shop);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "3599"]);
    expect(await refused.json()).toMatchObject({ error: { kind: "too_many_requests", next: "Try again in 60 minutes." } });
    world.pass(3_599_000);
    expect((await take("export", anywhere(1), shop)).status).toBe(200);
  });
});
