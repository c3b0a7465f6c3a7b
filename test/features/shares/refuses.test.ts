/** Who may not give links, what may not be given, and what a share is not. */
import { beforeAll, describe, expect, it } from "vitest";
import type { ShareAnswer } from "../../../src/features/shares/contract";
import { MINUTE } from "../../../src/kernel/clock";
import { ROLES, roleMay } from "../../../src/kernel/roles";
import { createBrowser, originOf } from "../../support/app";
import { auditOf } from "../../support/audit";
import { file, openHouse, shardOf, viewOf, type Desk, type Filed, type House } from "./house";

const REQUEST = { recipient: "Rosa", disposition: "attachment", days: 7, isOnce: false, passphrase: null };

let house: House;
let owner: Desk;
let filed: Filed;

beforeAll(async () => {
  house = await openHouse();
  owner = await house.someone(house.lantern, "owner");
  filed = await file(house, house.lantern);
});

const statuses = async (desk: Desk, id: string) => ({
  link: (await desk.send("POST", `/documents/${id}/link`, { disposition: "inline" })).status,
  look: (await desk.send("GET", `/documents/${id}/shares`)).status,
  share: (await desk.send("POST", `/documents/${id}/shares`, REQUEST)).status,
  void: (await desk.send("POST", `/documents/${id}/links/void`, {})).status,
});

describe("a role", () => {
  it.each(ROLES)("of %s gives exactly the links that the table lets it give", async (role) => {
    const desk = await house.someone(house.lantern, role);
    const sharing = roleMay(role, "documents.share") ? 200 : 403;
    expect(await statuses(desk, filed.id)).toEqual({ link: 200, look: sharing, share: sharing, void: sharing });
    expect((await desk.send("POST", "/documents/links/void", {})).status).toBe(roleMay(role, "documents.manage") ? 200 : 403);
  });

  it("that may not read days finds no document with figures, by any address", async () => {
    const reports = [await file(house, house.lantern, "1", { kind: "report" }), await file(house, house.lantern, "1", { subject_kind: "day" })];
    const [sales, absent] = [await house.someone(house.lantern, "sales"), "z".repeat(26)];
    for (const { id } of reports) {
      expect(await statuses(sales, id)).toEqual({ link: 404, look: 404, share: 404, void: 404 });
      expect(await (await sales.send("GET", `/documents/${id}/shares`)).text()).toBe(await (await sales.send("GET", `/documents/${absent}/shares`)).text());
      expect((await owner.send("POST", `/documents/${id}/link`, { disposition: "inline" })).status).toBe(200);
    }
  });

  it("that voids all links of the shop has proved lately who they are", async () => {
    const desk = await house.someone(house.lantern, "admin");
    house.pass(11 * MINUTE);
    const answer = await desk.send("POST", "/documents/links/void", {});
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("proof_needed")]);
    expect((await auditOf(house.lantern)).some(({ action, actor }) => action === "shop.links_voided" && actor === `person:${desk.person.id}`)).toBe(false);
    owner = await house.someone(house.lantern, "owner");
  });
});

describe("a request for a share", () => {
  it.each([
    ["more than 30 days", { days: 31 }], ["no day at all", { days: 0 }], ["half a day", { days: 0.5 }], ["a passphrase of five letters", { passphrase: "heron" }], ["a passphrase of 73 letters", { passphrase: "x".repeat(73) }],
    ["a name with a line break", { recipient: "Rosa\nFerreira" }], ["a name without an end", { recipient: "x".repeat(121) }], ["another disposition", { disposition: "form-data" }], ["something besides", { version: 2 }], ["once, perhaps", { isOnce: "yes" }],
  ])("for %s is refused with words, and nothing is given", async (_, change) => {
    const before = await shardOf(house.env, house.lantern).prepare("SELECT count(*) AS n FROM share").first<number>("n");
    const answer = await owner.send("POST", `/documents/${filed.id}/shares`, { ...REQUEST, ...change });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("invalid_input")]);
    expect(await shardOf(house.env, house.lantern).prepare("SELECT count(*) AS n FROM share").first<number>("n")).toBe(before);
  });

  it("beyond a hundred live ones is refused until some are taken back", async () => {
    const many = await file(house, house.lantern);
    const insert = shardOf(house.env, house.lantern).prepare(`INSERT INTO share (shop_id, document_id, id, version, recipient, disposition, is_once, created_by, created_at, expires_at, taken_count)
      VALUES (?1, ?2, ?3, 1, '', 'inline', 0, ?4, ?5, ?6, 0)`);
    const now = house.clock();
    await shardOf(house.env, house.lantern).batch(Array.from({ length: 100 }, (_, index) => insert.bind(house.lantern.id, many.id, String(index).replaceAll(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "").padStart(26, "z"), owner.person.id, now, now + 1_000_000)));
    expect((await owner.send("POST", `/documents/${many.id}/shares`, REQUEST)).status).toBe(409);
    await owner.call("POST", `/documents/${many.id}/links/void`, {});
    house.pass(1);
    expect((await owner.send("POST", `/documents/${many.id}/shares`, REQUEST)).status).toBe(200);
  });
});

describe("a share's page", () => {
  it("keeps the text of people to be text", async () => {
    const hostile = await file(house, house.lantern, "x", { title: `"><script>alert(1)</script>\u202e${"'".repeat(5)}`, file_name: "x.txt" });
    const { share } = await owner.call<ShareAnswer>("POST", `/documents/${hostile.id}/shares`, { ...REQUEST, recipient: `<img src=x onerror=alert(1)>"'` });
    const page = await (await createBrowser(house.world, house.env).get(share.url ?? "")).text();
    expect(page).not.toMatch(/<script|<img|"'<|onerror=alert\(1\)>/);
    expect(page).toContain("<bdi>&quot;&gt;&lt;script&gt;");
  });

  it("of a shop that was closed is gone", async () => {
    const lent = await file(house, house.harbour);
    const desk = await house.someone(house.harbour, "owner");
    const { share } = await desk.call<ShareAnswer>("POST", `/documents/${lent.id}/shares`, REQUEST);
    await house.env.DIRECTORY.prepare("UPDATE shop SET state = 'closed' WHERE id = ?1").bind(house.harbour.id).run();
    expect((await createBrowser(house.world, house.env).get(share.url ?? "")).status).toBe(404);
  });
});

describe("a message of a use", () => {
  it("whose sealed part was altered, or is another's, is written down without place and device", async () => {
    house.queue.take();
    for (const agent of ["Firefox/140 Windows", "Chrome/140 Macintosh"]) await createBrowser(house.world, house.env).api("GET", await house.sign(viewOf(house, filed)), { headers: { "user-agent": agent } });
    const [one, other] = house.queue.take();
    if (one === undefined || other === undefined) throw new Error("two uses were noted");
    const [body, foreign] = [one, other].map((message) => message.body as { readonly kind: string; readonly payload: Readonly<Record<string, unknown>> });
    house.queue.put({ ...one, body: { ...body, payload: { ...body?.payload, origin: foreign?.payload["origin"] } } });
    await house.work();
    const found = await shardOf(house.env, house.lantern).prepare("SELECT device FROM document_use WHERE id = ?1").bind(body?.payload["use"]).first<string>("device");
    expect(found).toBe("an unknown browser");
  });
});

describe("nobody", () => {
  it("without a session gives, sees or ends a link", async () => {
    const browser = createBrowser(house.world, house.env);
    for (const [method, path] of [["POST", `/documents/${filed.id}/link`], ["GET", `/documents/${filed.id}/shares`], ["POST", "/documents/links/void"]] as const) {
      const answer = await browser.api(method, `${originOf(house.lantern.slug)}/api${path}`, method === "POST" ? { body: {} } : {});
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });
});
