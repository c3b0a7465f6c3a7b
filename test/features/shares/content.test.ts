/** Content by a signed link: whole, in parts, not at all when nothing changed; noted once; under names that are only names. */
import { beforeAll, describe, expect, it } from "vitest";
import { auditRows } from "../../support/audit";
import { file, openHouse, READER, TEXT, viewOf, type Filed, type House } from "./house";

let house: House;
let filed: Filed;
let url: string;

beforeAll(async () => {
  house = await openHouse();
  filed = await file(house, house.lantern);
  url = await house.sign(viewOf(house, filed));
});

const get = async (headers: Record<string, string> = {}, method = "GET") => await house.browser.api(method, url, { headers });

describe("a link", () => {
  it("gives out the content with its type, its name, its length and how it may be kept", async () => {
    const answer = await get();
    expect([answer.status, await answer.text()]).toEqual([200, TEXT]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "text/plain; charset=utf-8", "content-disposition": 'inline; filename="report.txt"', "content-length": String(TEXT.length), etag: filed.etag,
      "accept-ranges": "bytes", "cache-control": "private, no-store", "x-content-type-options": "nosniff", "cross-origin-resource-policy": "same-site",
      "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'", "referrer-policy": "no-referrer", vary: "Origin",
    });
    expect(answer.headers.get("set-cookie")).toBeNull();
  });
});
