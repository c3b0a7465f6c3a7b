/** What a shop may be called: nothing that is another's, Daybook's, or looks like it. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { DAY } from "../../../src/kernel/clock";
import type { ShopCard } from "../../../src/http/guard";
import type { PersonCard } from "../../../src/features/people/service";
import { skeletonOf } from "../../../src/features/shops/rules";
import { createShop, slugProblem } from "../../../src/features/shops/service";
import { directoryDb } from "../../../src/platform/database";
import { createTestWorld } from "../../support/app";
import { givenPerson, givenShop } from "../../support/people";

const world = createTestWorld();
const directory = directoryDb(env);
let mara: PersonCard;
let moss: ShopCard;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
  moss = await givenShop(world, "moss-mill-10", mara);
});

const problem = async (slug: string, now = world.clock()) => await slugProblem(directory, slug, now);

describe("a name", () => {
  it("is free when nobody has it and nobody's looks like it", async () => {
    for (const slug of ["driftwood", "no-12", "ab", "a".repeat(40), "2nd-street"]) expect([slug, await problem(slug)]).toEqual([slug, null]);
  });

  it("is refused in words when it is no host's name", async () => {
    for (const slug of ["", "a", "-ab", "ab-", "Ab", "a_b", "a.b", "a b", "été", "аpple", "xn--80ak6aa92e", "ab--cd", "a".repeat(41), "ab\n"]) {
      expect([slug, await problem(slug)]).toEqual([slug, expect.stringMatching(/^Use 2 to 40/)]);
    }
  });

  it("is refused when it is Daybook's own, or could be taken for it", async () => {
    for (const slug of ["auth", "www", "adm1n", "a-d-m-i-n", "rnail", "vvvvw", "he1p", "daybo0k", "sign-in", "1ogin", "hq", "hq-acme", "hqacme", "h-q-acme", "quickbo0ks"]) {
      expect([slug, await problem(slug)]).toEqual([slug, expect.stringContaining("kept for Daybook")]);
    }
  });

  it("is refused in the same words when it is taken, when it looks like one that is, and when it was given up lately", async () => {
    await env.DIRECTORY.prepare("INSERT INTO slug_history (slug, shop_id, released_at, rests_until) VALUES ('old-quay', ?1, ?2, ?3)")
      .bind(moss.id, world.clock(), world.clock() + 90 * DAY).run();
    const said = await Promise.all(["moss-mill-10", "mossmill10", "moss-mi11-1o", "m0ss-mill-io", "old-quay", "o1d-quay", "0ldquay"].map(async (slug) => await problem(slug)));
    expect(new Set(said).size).toBe(1);
    expect(said[0]).toContain("taken");
  });

  it("is free again after 90 days, and at any time for the shop that gave it up", async () => {
    expect(await problem("old-quay", world.clock() + 90 * DAY)).toBeNull();
    expect(await slugProblem(directory, "old-quay", world.clock(), moss.id)).toBeNull();
    expect(await slugProblem(directory, "mossmill10", world.clock(), moss.id)).toBeNull();
  });

  it("goes to one of two that look alike, however closely they are asked for", async () => {
    const given = { name: "Tern", zone: "America/New_York", currency: "USD" };
    const made = await Promise.all(["little-tern", "1ittle-tem", "littletern"].map(async (slug) => await createShop(world, env, { ...given, slug }, mara.id)));
    expect(made.filter(({ ok }) => ok)).toHaveLength(1);
    expect(made.filter((one) => !one.ok && one.failure.kind === "conflict")).toHaveLength(2);
  });

  it("has the same skeleton in the directory as in the rules", async () => {
    for (const slug of ["modern-vvine", "ill1i0", "r-n-corner", "vvvv", "rrn", "burn-1o"]) {
      const row = await env.DIRECTORY.prepare("INSERT INTO slug_history (slug, shop_id, released_at, rests_until) VALUES (?1, ?2, 1, 2) RETURNING skeleton")
        .bind(slug, moss.id).first<string>("skeleton");
      expect([slug, row]).toEqual([slug, skeletonOf(slug)]);
    }
  });
});
