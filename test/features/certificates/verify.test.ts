/** Whoever scans a certificate's code learns whether it is genuine and holds, and not whose it is. */
import { beforeEach, describe, expect, it } from "vitest";
import type { CertificateView } from "../../../src/features/certificates/contract";
import { DAY } from "../../../src/kernel/clock";
import { createBrowser, type Browser } from "../../support/app";
import { auditOf } from "../../support/audit";
import { deskOf, openOffice, type Desk, type Drawer } from "./desk";

let office: Drawer;
let owner: Desk;
let certificate: CertificateView;
let stranger: Browser;

beforeEach(async () => {
  office = await openOffice();
  owner = deskOf(await office.someone(office.harbour, "owner"));
  certificate = await owner.issue(await owner.template({ validMonths: 12 }), { issuedTo: "Ágnes Mária Kovács-Nagy", product: "<b>Linea</b> \"Mini\"" });
  stranger = createBrowser(office.world, office.env);
});

/** What a browser shows of the page: its text without markup. */
async function seen(url = certificate.verifyUrl): Promise<string> {
  const answer = await stranger.get(url);
  expect(answer.status).toBe(200);
  return (await answer.text()).replace(/<(?!bdi|\/bdi)[^>]+>/g, "\n").replace(/<\/?bdi>/g, "").replace(/\n+/g, "\n");
}

describe("the page of a certificate", () => {
  it("says that it is genuine, for what, by whom, from when and until when, and shows of the holder initials alone", async () => {
    const text = await seen();
    for (const said of ["Genuine, and holds", "Warranty Certificate, HC-00012", "&lt;b&gt;Linea&lt;/b&gt; &quot;Mini&quot;", "LM-817", office.harbour.name, "15 July 2026", "15 July 2027", "Á… M… K…"]) expect(text, said).toContain(said);
    expect(text).not.toMatch(/gnes|Mária|Kovács|Nagy/);
    expect((await owner.list()).certificates[0]?.verifyUrl).toBe(certificate.verifyUrl);
  });

  it("says that it has expired from the day after its last one, on the shop's own clock", async () => {
    office.pass(365 * DAY + 14 * 3_600_000);
    expect(await seen()).toContain("Genuine, and holds");
    office.pass(DAY);
    expect(await seen()).toMatch(/Genuine, but expired[\s\S]*held through 15 July 2027/);
  });

  it("says since when and why it is revoked, and still says so after a year", async () => {
    await owner.revoke(certificate.number, "The machine was returned <today>");
    for (const days of [0, 400]) {
      office.pass(days * DAY);
      expect(await seen()).toMatch(/Revoked[\s\S]*Revoked on\n15 July 2026[\s\S]*The machine was returned &lt;today&gt;/);
    }
  });

  it("has no script, no cookie, no frame and is found by no search engine", async () => {
    const answer = await stranger.get(certificate.verifyUrl);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-security-policy": "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'", "cache-control": "no-store", "x-content-type-options": "nosniff",
    });
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(await answer.text()).toMatch(/^(?![\s\S]*<script)[\s\S]*name="robots" content="noindex"/);
  });

  it("is noted in the audit log once a day for each reader, and not for what a browser fetches ahead", async () => {
    await stranger.get(certificate.verifyUrl, { "sec-purpose": "prefetch" });
    for (let look = 0; look < 3; look += 1) await stranger.get(certificate.verifyUrl);
    office.pass(DAY);
    await stranger.get(certificate.verifyUrl);
    await office.sweep();
    expect((await auditOf(office.harbour)).filter(({ action }) => action === "certificate.verified")).toMatchObject([
      { actor: "stranger", subject: `document:${certificate.document}` }, { actor: "stranger", subject: `document:${certificate.document}` },
    ]);
  });
});

describe("what is no certificate's address", () => {
  it("gets the one refusal of files., whatever is wrong with it", async () => {
    const other = deskOf(await office.someone(office.lantern, "owner"));
    const theirs = await other.issue(await other.template());
    const url = certificate.verifyUrl;
    const mutants = [
      url.replace(certificate.document, theirs.document), url.replace(office.harbour.id, office.lantern.id), url.slice(0, -1), `${url}&x=1`, url.replace("/c/", "/d/"), url.replace("/c/", "/c//"),
      url.replace("?key", "?Key"), url.replace("http://files.", "http://harbour.").replace("/c/", "/c/"), `${url}#`.replace("#", "%00"), url.replace(/signature=.*/, `signature=${"A".repeat(43)}`),
    ].filter((one) => one.startsWith("http://files."));
    const nonsense = await stranger.get(`${new URL(url).origin}/c/nothing`);
    const expected = [nonsense.status, await nonsense.text()];
    for (const mutant of mutants) {
      const answer = await stranger.get(mutant);
      expect([answer.status, await answer.text()], mutant).toEqual(expected);
    }
    expect((await stranger.api("POST", url)).status).toBe(404);
  });

  it("and a closed shop's is none", async () => {
    await office.env.DIRECTORY.prepare("UPDATE shop SET state = 'closed' WHERE id = ?1").bind(office.harbour.id).run();
    expect((await stranger.get(certificate.verifyUrl)).status).toBe(404);
  });
});
