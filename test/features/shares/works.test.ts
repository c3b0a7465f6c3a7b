/** A document is given to somebody outside: the page, the button, what comes of it, and its end. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LinkAnswer, LinksVoided, ShareAnswer, ShareRequest, SharesView, ShareView } from "../../../src/features/shares/contract";
import { DAY, HOUR, MINUTE } from "../../../src/kernel/clock";
import { createBrowser } from "../../support/app";
import { auditOf } from "../../support/audit";
import { file, openHouse, TEXT, type Desk, type Filed, type House } from "./house";

let house: House;
let ada: Desk;
let filed: Filed;

beforeAll(async () => {
  house = await openHouse();
});

beforeEach(async () => {
  house.queue.take();
  house.pass(MINUTE);
  // A month passes here and there, and with it every session.
  ada = await house.someone(house.lantern, "owner");
  filed = await file(house, house.lantern);
});

const shared = async (request: Partial<ShareRequest> = {}): Promise<ShareView & { readonly url: string }> => {
  const { share } = await ada.call<ShareAnswer>("POST", `/documents/${filed.id}/shares`, { recipient: "Rosa Ferreira", disposition: "attachment", days: 7, isOnce: false, passphrase: null, ...request });
  if (share.url === null) throw new Error("a new share is live");
  return { ...share, url: share.url };
};
const view = async () => await ada.call<SharesView>("GET", `/documents/${filed.id}/shares`);
const stateOf = async (id: string) => (await view()).shares.find((share) => share.id === id)?.state;

/** A stranger with nothing but a link. */
const stranger = () => createBrowser(house.world, house.env);
const look = async (url: string, headers: Record<string, string> = {}) => await stranger().api("GET", url, { headers: { accept: "text/html", ...headers } });
const actionOf = (page: string) => /action="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
const press = async (action: string, passphrase?: string) => await stranger().api("POST", action, {
  headers: { "content-type": "application/x-www-form-urlencoded", origin: "null", "sec-fetch-site": "same-origin" }, ...(passphrase === undefined ? {} : { body: new URLSearchParams({ passphrase }).toString() }),
});
const take = async (url: string, passphrase?: string) => await press(actionOf(await (await look(url)).text()), passphrase);

describe("somebody of the shop", () => {
  it("gets a link of their own for ten minutes, and its use stands under their name", async () => {
    const { url, expiresAt } = await ada.call<LinkAnswer>("POST", `/documents/${filed.id}/link`, { disposition: "inline" });
    expect(expiresAt - house.clock()).toBe(10 * MINUTE);
    const answer = await stranger().api("GET", url, { headers: { "user-agent": "Firefox/140 Windows" } });
    expect([answer.status, await answer.text()]).toEqual([200, TEXT]);
    await house.work();
    expect((await view()).uses).toEqual([{ at: house.clock(), act: "downloaded", who: "You", share: null, place: "", device: "Firefox on Windows" }]);
  });
});

describe("a share", () => {
  it("shows what it is, from whom, for whom and until when, and takes nothing by showing it", async () => {
    const { url, id } = await shared({ recipient: "Rosa <b>Ferreira</b>" });
    const answer = await look(url, { "user-agent": "Firefox/140 Windows" });
    const page = await answer.text();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
    for (const words of [house.lantern.name, "Service report", "Document, plain text, 53 bytes", "Rosa &lt;b&gt;Ferreira&lt;/b&gt;", "at 07:", "New York time", ">Download</button>", "noindex"]) expect(page).toContain(words);
    expect(page).not.toMatch(/<script|style=|<b>F|onclick/);
    expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
    expect((await view()).shares).toMatchObject([{ id, state: "live", takenCount: 0, takenAt: null, recipient: "Rosa <b>Ferreira</b>", url }]);
  });

  it("is taken by its button, as often as somebody likes, and every step is in the log", async () => {
    const { url, id } = await shared();
    for (const _ of [1, 2]) {
      const answer = await take(url);
      const file = await stranger().api("GET", answer.headers.get("location") ?? "");
      expect([answer.status, file.status, file.headers.get("content-disposition"), await file.text()]).toEqual([303, 200, 'attachment; filename="report.txt"', TEXT]);
    }
    await house.work();
    const lines = (await auditOf(house.lantern)).filter(({ subject }) => subject === `document:${filed.id}`);
    const counted = (action: string) => lines.filter((line) => line.action === action).length;
    // The page was looked at twice by one visitor on one day, which is one look.
    expect(["share.created", "share.looked_at", "share.taken", "document.downloaded"].map(counted)).toEqual([1, 1, 2, 2]);
    expect(lines.find(({ action }) => action === "document.downloaded")).toMatchObject({ actor: "stranger", after: { purpose: "share", share: id } });
    const { shares, uses } = await view();
    expect(shares).toMatchObject([{ state: "live", takenCount: 2, takenAt: house.clock() }]);
    expect(uses.map(({ act, who }) => `${act} ${who}`).toSorted()).toEqual(["downloaded Rosa Ferreira", "downloaded Rosa Ferreira", "looked Rosa Ferreira", "taken Rosa Ferreira", "taken Rosa Ferreira"]);
  });

  it("is opened in the browser where the shop says so", async () => {
    const { url } = await shared({ disposition: "inline" });
    expect(await (await look(url)).text()).toContain(">Open</button>");
    const file = await stranger().api("GET", (await take(url)).headers.get("location") ?? "");
    expect(file.headers.get("content-disposition")).toBe('inline; filename="report.txt"');
  });

  it("hands out what lives for ten minutes, and never longer than the share itself", async () => {
    const { url } = await shared({ days: 1 });
    house.pass(DAY - 5 * MINUTE);
    const location = (await take(url)).headers.get("location") ?? "";
    house.pass(5 * MINUTE - 1);
    expect((await stranger().api("GET", location)).status).toBe(200);
    house.pass(1);
    expect([(await stranger().api("GET", location)).status, (await look(url)).status]).toEqual([404, 404]);
  });

  it("runs out on its day", async () => {
    const { url, id } = await shared({ days: 30 });
    house.pass(30 * DAY - 1);
    ada = await house.someone(house.lantern, "owner");
    expect([(await look(url)).status, await stateOf(id)]).toEqual([200, "live"]);
    house.pass(1);
    expect([(await look(url)).status, await stateOf(id)]).toEqual([404, "expired"]);
  });

  it("is the same link each time that it is shown to the shop, until it is live no more", async () => {
    const { url, id } = await shared();
    expect((await view()).shares[0]?.url).toBe(url);
    await ada.call("POST", `/documents/${filed.id}/shares/${id}/revoke`, {});
    expect((await view()).shares).toMatchObject([{ state: "revoked", url: null }]);
  });

  it("with a passphrase is taken by who knows it, told plainly when they do not, and slowed down when they guess", async () => {
    const { url, hasPassphrase } = await shared({ passphrase: "blue heron 7" });
    expect(hasPassphrase).toBe(true);
    const action = actionOf(await (await look(url)).text());
    for (const wrong of ["blue heron 8", "", undefined, "x".repeat(9_000)]) {
      const answer = await press(action, wrong);
      expect([answer.status, (await answer.text()).includes("That is not the passphrase.")]).toEqual([403, true]);
    }
    expect((await press(action, "blue heron 7")).status).toBe(303);
    expect((await view()).shares).toMatchObject([{ takenCount: 1 }]);
    const statuses = [];
    for (let guess = 0; guess < 17; guess += 1) statuses.push((await press(action, "blue heron 9")).status);
    expect([statuses.filter((status) => status === 403).length, statuses.at(-1)]).toEqual([15, 429]);
    expect((await press(action, "blue heron 7")).status).toBe(429);
    house.pass(HOUR);
    expect((await press(action, "blue heron 7")).status).toBe(303);
    expect(JSON.stringify([house.logs, house.queue.take(), await auditOf(house.lantern)])).not.toContain("heron");
  });
});

describe("a once-only share", () => {
  it("is taken by one of fifty at once, and by nobody afterwards", async () => {
    const { url, id } = await shared({ isOnce: true });
    const page = await (await look(url)).text();
    expect(page).toContain("once only, until");
    const answers = await Promise.all(Array.from({ length: 50 }, async () => await press(actionOf(page))));
    expect(answers.map(({ status }) => status).filter((status) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(49);
    const location = answers.find(({ status }) => status === 303)?.headers.get("location") ?? "";
    // A download that broke off is begun again: what was handed out is good until it runs out.
    for (const _ of [1, 2]) expect((await stranger().api("GET", location)).status).toBe(200);
    expect([(await look(url)).status, (await press(actionOf(page))).status, await stateOf(id)]).toEqual([404, 404, "taken"]);
  });

  it("is not used up by whoever looks: previews, scanners, people, and a HEAD", async () => {
    const { url, id } = await shared({ isOnce: true });
    for (let index = 0; index < 5; index += 1) await look(url, { "user-agent": `Scanner/${index}` });
    for (const name of ["sec-purpose", "purpose"]) expect((await look(url, { [name]: "prefetch" })).status).toBe(200);
    const head = await stranger().api("HEAD", url);
    expect([head.status, await head.text(), await stateOf(id)]).toEqual([200, "", "live"]);
    await house.work();
    expect((await view()).uses.map(({ act }) => act)).toEqual(Array.from({ length: 5 }, () => "looked"));
  });

  it("is there again where its taking could not be noted", async () => {
    const { url, id } = await shared({ isOnce: true });
    const action = actionOf(await (await look(url)).text());
    const away = { ...house.env, SYNC_QUEUE: { sendBatch: () => Promise.reject(new Error("the queue is away")) } as unknown as Queue };
    expect((await createBrowser(house.world, away).api("POST", action)).status).toBe(503);
    expect([await stateOf(id), (await press(action)).status]).toEqual(["live", 303]);
  });
});

describe("links", () => {
  it("are ended one by one, with what they handed out", async () => {
    const [one, other] = [await shared(), await shared()];
    const location = (await take(one.url)).headers.get("location") ?? "";
    const revoked = await ada.call<ShareAnswer>("POST", `/documents/${filed.id}/shares/${one.id}/revoke`, {});
    expect(revoked.share.state).toBe("revoked");
    expect([(await look(one.url)).status, (await stranger().api("GET", location)).status, (await look(other.url)).status]).toEqual([404, 404, 200]);
    // Once more changes nothing.
    await ada.call("POST", `/documents/${filed.id}/shares/${one.id}/revoke`, {});
    expect((await auditOf(house.lantern)).filter(({ action, after }) => action === "share.revoked" && after?.["share"] === one.id)).toHaveLength(1);
  });

  it("are ended all at once for a document, for the team too; new ones work", async () => {
    const [share, own] = [await shared(), await ada.call<LinkAnswer>("POST", `/documents/${filed.id}/link`, { disposition: "inline" })];
    const neighbour = await file(house, house.lantern);
    const theirs = await ada.call<LinkAnswer>("POST", `/documents/${neighbour.id}/link`, { disposition: "inline" });
    const { voidedAt } = await ada.call<LinksVoided>("POST", `/documents/${filed.id}/links/void`, {});
    expect([voidedAt, (await look(share.url)).status, (await stranger().api("GET", own.url)).status, (await stranger().api("GET", theirs.url)).status]).toEqual([house.clock(), 404, 404, 200]);
    expect((await view()).shares).toMatchObject([{ id: share.id, state: "void", url: null }]);
    house.pass(1);
    expect((await look((await shared()).url)).status).toBe(200);
  });

  it("are ended all at once for the shop, and for no other shop", async () => {
    const share = await shared();
    const elsewhere = await house.someone(house.harbour, "owner");
    const foreign = await file(house, house.harbour);
    const theirs = await elsewhere.call<LinkAnswer>("POST", `/documents/${foreign.id}/link`, { disposition: "inline" });
    await ada.call("POST", "/documents/links/void", {});
    expect([(await look(share.url)).status, (await stranger().api("GET", theirs.url)).status]).toEqual([404, 200]);
    expect((await auditOf(house.lantern)).at(-1)).toMatchObject({ action: "shop.links_voided", actor: `person:${ada.person.id}` });
    house.pass(1);
    expect((await look((await shared()).url)).status).toBe(200);
  });
});
