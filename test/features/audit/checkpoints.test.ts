/** The hourly checkpoint, of shops and of organisations, and the page that checks a log without Daybook. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { sealGrownLogs, viewLog } from "../../../src/features/audit/service";
import { newId, type OrganisationId } from "../../../src/kernel/ids";
import { HOUR, systemRandom } from "../../../src/kernel/clock";
import { organisationAuditLine } from "../../../src/platform/audit";
import { DAYBOOK } from "../../../src/platform/audit-leaf";
import { organisationLog } from "../../../src/platform/audit-log";
import { directoryDb } from "../../../src/platform/database";
import { sequencerOf } from "../../../src/platform/sequencer-client";
import { createBrowser, createTestWorld, originOf } from "../../support/app";
import { loggedShop, proved, tamper, write } from "../../support/audit-log";
import { staticFiles } from "../../support/static-files";

describe("the hourly checkpoint", () => {
  it("is made of every log whose first new line is an hour old, and of no other", async () => {
    const world = createTestWorld();
    const [old, young] = [await loggedShop("hour-old"), await loggedShop("hour-young")];
    await write(old, 2, { at: world.clock() - HOUR });
    await write(young, 2, { at: world.clock() - HOUR + 1 });
    await sealGrownLogs(world, env);
    expect((await proved(await sequencerOf(env, old.log).latest())).size).toBe(2);
    expect(await sequencerOf(env, young.log).latest()).toBeNull();
    world.pass(1);
    await sealGrownLogs(world, env);
    expect((await proved(await sequencerOf(env, young.log).latest())).size).toBe(2);
    expect(await sealGrownLogs(world, env)).toBe(0);
  });

  it("of one that was tampered with raises the alarm every time and keeps no other from its own", async () => {
    const world = createTestWorld();
    const [bad, good] = [await loggedShop("bad-log"), await loggedShop("good-log")];
    await write(bad, 3, { at: 1 });
    await write(good, 3, { at: 2 });
    await tamper(bad, "UPDATE audit SET actor = 'daybook' WHERE shop_id = ?1 AND seq = 2");
    for (let run = 0; run < 2; run += 1) await sealGrownLogs(world, env);
    expect(world.lines.filter((line) => line.includes("audit.tampered") && line.includes(bad.id))).toHaveLength(2);
    expect((await proved(await sequencerOf(env, good.log).latest())).size).toBe(3);
  });

  it("is an organisation's as it is a shop's", async () => {
    const world = createTestWorld();
    const directory = directoryDb(env);
    const id = newId<OrganisationId>(systemRandom);
    await env.DIRECTORY.prepare("INSERT INTO organisation (id, slug, name, created_at) VALUES (?1, 'sealed', 'Sealed', 1)").bind(id).run();
    for (let index = 0; index < 3; index += 1) {
      await directory.batch(organisationAuditLine(directory, id, systemRandom, { at: index, actor: { ...DAYBOOK, personal: { name: "Ada" } }, action: "organisation.renamed", subject: `organisation:${id}` }) as never);
    }
    expect(await sealGrownLogs(world, env)).toBeGreaterThan(0);
    const checkpoint = await proved(await sequencerOf(env, `organisation:${id}`).latest());
    expect(checkpoint).toMatchObject({ origin: `daybook/organisation:${id}`, size: 3 });
    const view = await viewLog({ log: organisationLog(directory, id), zone: "UTC" }, { action: "organisation" });
    expect(view).toMatchObject({ ok: true, value: { log: `organisation:${id}`, next: null, lines: [{ seq: 3 }, { seq: 2 }, { seq: 1, personal: { name: { value: "Ada" } } }] } });
    expect(await env.DIRECTORY.prepare("SELECT count(*) AS many FROM organisation_audit_pending WHERE organisation_id = ?1").bind(id).first("many")).toBe(0);
  });
});

describe("the page that checks a log without Daybook", () => {
  it("is taken away and never shown, on every host alike", async () => {
    const browser = createBrowser(createTestWorld(), { ...env, ASSETS: staticFiles as unknown as Fetcher });
    for (const label of ["auth", "nobody-here", "hq-nobody"]) {
      const answer = await browser.get(`${originOf(label)}/audit-verifier.html`);
      expect([answer.status, answer.headers.get("content-disposition")]).toEqual([200, 'attachment; filename="daybook-audit-verifier.html"']);
    }
  });
});
