/** Links of one shop lead to nothing of another, whoever signs what. */
import { beforeAll, describe, expect, it } from "vitest";
import type { ShareAnswer, SharesView } from "../../../src/features/shares/contract";
import { newId, type ShareId } from "../../../src/kernel/ids";
import { systemRandom } from "../../../src/kernel/clock";
import { createBrowser } from "../../support/app";
import { auditOf } from "../../support/audit";
import { file, openHouse, shardOf, viewOf, type Desk, type Filed, type House } from "./house";

const REQUEST = { recipient: "Rosa", disposition: "attachment", days: 7, isOnce: false, passphrase: null };

let house: House;
let ours: Desk;
let theirs: Desk;
let theirDocument: Filed;
let theirShare: string;

beforeAll(async () => {
  house = await openHouse();
  ours = await house.someone(house.harbour, "owner");
  theirs = await house.someone(house.lantern, "owner");
  theirDocument = await file(house, house.lantern);
  theirShare = (await theirs.call<ShareAnswer>("POST", `/documents/${theirDocument.id}/shares`, REQUEST)).share.id;
});

describe("another shop's document", () => {
  it("is to us what does not exist, at every address", async () => {
    const absent = newId(systemRandom);
    const calls = (id: string, share: string) => [
      ["POST", `/documents/${id}/link`, { disposition: "inline" }], ["GET", `/documents/${id}/shares`, undefined], ["POST", `/documents/${id}/shares`, REQUEST],
      ["POST", `/documents/${id}/shares/${share}/revoke`, {}], ["POST", `/documents/${id}/links/void`, {}],
    ] as const;
    const [before, lines] = [await shares(), (await auditOf(house.lantern)).length];
    for (const [index, [method, path, body]] of calls(theirDocument.id, theirShare).entries()) {
      const nothing = calls(absent, absent)[index];
      const [foreign, none] = [await ours.send(method, path, body), await ours.send(method, nothing?.[1] ?? "", body)];
      expect([path, foreign.status, await foreign.text()]).toEqual([path, 404, await none.text()]);
    }
    expect([await shares(), (await auditOf(house.lantern)).length]).toEqual([before, lines]);
  });

  const shares = async () => JSON.stringify((await theirs.call<SharesView>("GET", `/documents/${theirDocument.id}/shares`)).shares);

  it("opens by no share of ours, although it has the same id", async () => {
    const own = await file(house, house.harbour);
    const share = newId<ShareId>(systemRandom);
    await shardOf(house.env, house.harbour).prepare(`INSERT INTO share (shop_id, document_id, id, version, recipient, disposition, is_once, created_by, created_at, expires_at, taken_count)
      VALUES (?1, ?2, ?3, 1, '', 'inline', 0, ?4, ?5, ?6, 0)`).bind(own.shop.id, own.id, share, ours.person.id, house.clock(), house.clock() + 100_000).run();
    const link = (of: Filed) => ({ ...viewOf(house, of), purpose: "share" as const, share });
    const status = async (of: Filed) => (await createBrowser(house.world, house.env).api("GET", await house.sign(link(of)))).status;
    expect([await status(own), await status(theirDocument)]).toEqual([200, 404]);
  });

  it("lies on the shard that the link names, and on no other", async () => {
    const link = viewOf(house, theirDocument);
    const statuses = await Promise.all([0, 1].map(async (shard) => (await createBrowser(house.world, house.env).api("GET", await house.sign({ ...link, shard }))).status));
    expect(statuses).toEqual([404, 200]);
  });

  it("is not touched when all of our links are ended", async () => {
    const url = await house.sign(viewOf(house, theirDocument));
    await ours.call("POST", "/documents/links/void", {});
    expect((await createBrowser(house.world, house.env).api("GET", url)).status).toBe(200);
  });
});

describe("a use", () => {
  it("stands in the log and the list of the shop whose link it was, alone", async () => {
    house.queue.take();
    const lines = (await auditOf(house.harbour)).length;
    await createBrowser(house.world, house.env).api("GET", await house.sign(viewOf(house, theirDocument)));
    await house.work();
    expect((await auditOf(house.lantern)).at(-1)).toMatchObject({ action: "document.downloaded", subject: `document:${theirDocument.id}` });
    expect((await auditOf(house.harbour)).length).toBe(lines);
  });
});
