/** A shop's number, set up by its owner: proved at Twilio, sealed, shown without its secrets, changed and removed. */
import { describe, expect, it } from "vitest";
import { accountOf, hookUrlOf, lineOf } from "../../../src/features/text-line/service";
import { checkLine, removeLine, setUpLine } from "../../../src/features/text-line/set-up";
import { viewLine } from "../../../src/features/text-line/view";
import { must } from "../../support/people";
import { SERVICE_NUMBER, SERVICE_SID, TEXT_ACCOUNT, TEXT_NUMBER } from "../../support/texting";
import { lineNow, LINE, openStreet, signedBy, formOf, type Street } from "../inbound/phone";

const seen = async ({ desk }: Street) => must(await viewLine(desk.env, desk.visit));

describe("a number that is set up", () => {
  it.each(["+1 (212) 555-0142", "212.555.0142", "+12125550142", " 2125550142 "])("is read as %s and stands as E.164", async (number) => {
    const street = await openStreet();
    must(await setUpLine(street.desk, { ...LINE, number, version: 1 }));
    expect((await lineNow(street.desk)).number).toBe(TEXT_NUMBER);
  });

  it("opens its account for a call, and shows nobody what opens it", async () => {
    const street = await openStreet();
    const { desk } = street;
    expect(must(await accountOf(desk.world, desk.env, desk.visit.db))).toEqual(TEXT_ACCOUNT);
    const shown = JSON.stringify([await seen(street), await lineOf(desk.visit.db)]);
    expect(shown).not.toContain(TEXT_ACCOUNT.authToken);
    const rows = await desk.env.SHARD_0.prepare("SELECT * FROM text_line").all();
    const log = await desk.env.SHARD_0.prepare("SELECT * FROM audit").all();
    expect(JSON.stringify([rows, log, street.world.lines])).not.toContain(TEXT_ACCOUNT.authToken);
  });

  it("says what its registration means and what to do, and where Twilio is to tell of texts", async () => {
    const street = await openStreet();
    const { line, version } = await seen(street);
    expect(line?.registration).toEqual({ kind: "unknown", means: expect.stringContaining("30034"), next: expect.stringContaining("Register brand and campaign") as unknown });
    expect(line?.hooks).toEqual({ arrived: `https://daybook.example/hooks/texts/${street.line.hookId}`, status: `https://daybook.example/hooks/texts/${street.line.hookId}/status` });
    expect([line?.state.kind, version]).toEqual(["active", 1]);
  });

  it("shows account and addresses to nobody who may not set it up", async () => {
    const street = await openStreet();
    const { line, mayManage } = must(await viewLine(street.env, { ...street.desk.visit, role: "tech" }));
    expect([line?.account, line?.hooks, line?.number, mayManage]).toEqual([null, null, TEXT_NUMBER, false]);
  });

  it("keeps its credentials where a change names the same account and none", async () => {
    const street = await openStreet();
    must(await setUpLine(street.desk, { ...LINE, account: { kind: "own", sid: TEXT_ACCOUNT.accountSid, credentials: null }, displayName: "Harbour Pier", version: 1 }));
    const { desk } = street;
    expect([(await lineNow(desk)).displayName, must(await accountOf(desk.world, desk.env, desk.visit.db))]).toEqual(["Harbour Pier", TEXT_ACCOUNT]);
  });

  it("keeps its address when it changes, listens where people still answer, and gives the old number back", async () => {
    const street = await openStreet();
    must(await setUpLine(street.desk, { ...LINE, number: SERVICE_NUMBER, serviceSid: SERVICE_SID, version: 1 }));
    const line = await lineNow(street.desk);
    expect([line.hookId, line.number, line.formerNumbers]).toEqual([street.line.hookId, SERVICE_NUMBER, [TEXT_NUMBER]]);
    const answer = await street.app.fetch(await signedBy(hookUrlOf({ scheme: "https", domain: "daybook.example" }, line, "arrived"), formOf({ To: TEXT_NUMBER })), street.env);
    expect(answer.status).toBe(200);
    expect((await street.env.DIRECTORY.prepare("SELECT number FROM text_number").all()).results).toEqual([{ number: SERVICE_NUMBER }]);
  });
});

describe("a check", () => {
  it("finds that Twilio takes the account no more, keeps texts from going out, and finds it mended", async () => {
    const street = await openStreet();
    const { desk, world } = street;
    world.texting.control.misbehave({ misbehaviour: { kind: "unauthorized" }, times: 1 });
    must(await checkLine(desk, 1));
    expect([(await seen(street)).line?.state.kind, (await accountOf(world, street.env, desk.visit.db)).ok]).toEqual(["refused", false]);
    must(await checkLine(desk, 2));
    expect([(await seen(street)).line?.state.kind, (await accountOf(world, street.env, desk.visit.db)).ok]).toEqual(["active", true]);
  });

  it("that cannot reach Twilio says so and changes nothing", async () => {
    const street = await openStreet();
    street.world.texting.control.misbehave({ misbehaviour: { kind: "unavailable" }, times: 1 });
    expect(await checkLine(street.desk, 1)).toMatchObject({ ok: false, failure: { kind: "provider_down" } });
    expect((await seen(street)).version).toBe(1);
  });
});

describe("a number that is removed", () => {
  it("leaves no credentials, no address and no claim, and what was said", async () => {
    const street = await openStreet();
    must(await removeLine(street.desk, 1));
    const { desk, env } = street;
    expect([await lineOf(desk.visit.db), await seen(street)]).toEqual([null, { line: null, version: 2, mayManage: true }]);
    expect(await env.SHARD_0.prepare("SELECT sealed_credentials, state FROM text_line WHERE shop_id = ?1").bind(desk.visit.shop.id).first()).toEqual({ sealed_credentials: "", state: "removed" });
    expect(await env.DIRECTORY.prepare("SELECT (SELECT count(*) FROM text_hook WHERE shop_id = ?1) AS hooks, (SELECT count(*) FROM text_number WHERE shop_id = ?1) AS numbers").bind(desk.visit.shop.id).first())
      .toEqual({ hooks: 0, numbers: 0 });
  });

  it("can be set up again, at another address", async () => {
    const street = await openStreet();
    must(await removeLine(street.desk, 1));
    must(await setUpLine(street.desk, { ...LINE, version: 2 }));
    const line = await lineNow(street.desk);
    expect([line.version, line.hookId === street.line.hookId]).toEqual([3, false]);
    const at = async (hookId: string) => (await street.app.fetch(await signedBy(`https://daybook.example/hooks/texts/${hookId}`, formOf()), street.env)).status;
    expect([await at(line.hookId), await at(street.line.hookId)]).toEqual([200, 403]);
  });

  it("stays removed however often it is removed, and its second removal finishes an interrupted first", async () => {
    const street = await openStreet();
    must(await removeLine(street.desk, 1));
    await street.env.DIRECTORY.prepare("INSERT INTO text_hook (hook_id, shop_id, line_version) VALUES (?1, ?2, 1)").bind(street.line.hookId, street.desk.visit.shop.id).run();
    must(await removeLine(street.desk, 1));
    expect((await street.env.DIRECTORY.prepare("SELECT * FROM text_hook WHERE shop_id = ?1").bind(street.desk.visit.shop.id).all()).results).toEqual([]);
  });
});
