/** Templates, numbers, papers: issued once, filed as documents, found again, revoked with a reason. */
import { env as runtime } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { auditOf } from "../../support/audit";
import { deskOf, keysOf, openOffice, requestOf, rowsOf, templateOf, type Desk, type Drawer } from "./desk";

/** Fifty papers are drawn in seconds on two idle cores; a busy machine takes several times that. */
const LONGEST_MS = 240_000;

/** A PNG of eight dots by two. */
const LOGO = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAACCAYAAABllJ3tAAAAFUlEQVR42mNgAALZbP//uDBeSRAGAEIvG4sD0FMEAAAAAElFTkSuQmCC";

let office: Drawer;
let owner: Desk;

beforeEach(async () => {
  office = await openOffice();
  owner = deskOf(await office.someone(office.harbour, "owner"));
});

/** The PDF that stands in the bucket under a document's id, as text of its bytes. */
async function paperOf(document: string): Promise<string> {
  const key = (await keysOf(office.harbour.id)).find((one) => one.includes(document)) ?? "";
  return await (await runtime.DOCUMENTS.get(key))?.text() ?? "";
}

describe("a certificate", () => {
  it("gets the next number, is drawn, and stands among the documents under its serial number", async () => {
    const template = await owner.template();
    const certificate = await owner.issue(template);
    expect(certificate).toMatchObject({
      number: "HC-00012", title: "Warranty Certificate", issuedTo: "Ágnes Kovács", product: "Linea Mini", serialNumber: "LM-817", issuedOn: "2026-07-15", expiresOn: "2028-07-15",
      state: "valid", issuedBy: "Ada Okafor", isFiled: true, revokedBecause: null,
    });
    expect(await owner.documents()).toMatchObject([{
      id: certificate.document, version: 1, kind: "certificate", subjectKind: "product", subject: "LM-817", title: "Warranty Certificate HC-00012", fileName: "HC-00012.pdf",
      mediaType: "application/pdf", issuedOn: "2026-07-15", expiresOn: "2028-07-15",
    }]);
    expect((await paperOf(certificate.document)).slice(0, 5)).toBe("%PDF-");
    expect((await owner.list()).templates).toMatchObject([{ nextNumber: 13, version: 1 }]);
    expect((await auditOf(office.harbour)).map(({ action, after }) => [action, after])).toEqual([
      ["certificate_template.saved", { name: "Machines", numberPrefix: "HC-", nextNumber: 12, validMonths: 24, version: 1 }],
      ["certificate.issued", { template: "Machines", product: "Linea Mini", serialNumber: "LM-817" }], ["certificate.filed", expect.anything()],
    ]);
  });

  it("asked for twice with one key is one, one after the other and at once", async () => {
    const template = await owner.template();
    const request = requestOf(template.id);
    const answers = await Promise.all(Array.from({ length: 6 }, async () => await (await owner.send("POST", "/certificates", request)).json()));
    for (const answer of answers) expect(answer).toMatchObject({ certificate: { number: "HC-00012" } });
    expect(await (await owner.send("POST", "/certificates", request)).json()).toMatchObject({ certificate: { number: "HC-00012", isFiled: true } });
    expect([(await rowsOf(office.harbour)).length, (await owner.documents()).length]).toEqual([1, 1]);
    expect((await auditOf(office.harbour)).filter(({ action }) => action === "certificate.issued")).toHaveLength(1);
  });

  it("of fifty at once has a number of its own, and the sequence has no gap", async () => {
    const template = await owner.template({ nextNumber: 1 });
    const answers = await Promise.all(Array.from({ length: 50 }, async (_, index) => await owner.issue(template, { serialNumber: `S-${index}` })));
    expect(answers.map(({ number }) => number).toSorted()).toEqual(Array.from({ length: 50 }, (_, index) => `HC-${String(index + 1).padStart(5, "0")}`));
    expect((await owner.list()).templates[0]?.nextNumber).toBe(51);
  }, LONGEST_MS);

  it("is found by its number, holder, product or serial number, whatever the accents, page by page", async () => {
    const template = await owner.template({ nextNumber: 1 });
    for (const [index, issuedTo] of ["Ágnes Kovács", "Łukasz Nowak", "Chidi Park"].entries()) {
      office.pass(1_000);
      await owner.issue(template, { issuedTo, serialNumber: `S-${index}` });
    }
    const found = async (search: string) => (await owner.list({ search })).certificates.map(({ number }) => number);
    expect(await found("agnes kovacs")).toEqual(["HC-00001"]);
    expect(await found("hc-00002")).toEqual(["HC-00002"]);
    expect(await found("linea s-2")).toEqual(["HC-00003"]);
    expect(await found("%' OR 1=1 --")).toEqual([]);
    expect((await owner.list()).certificates.map(({ number }) => number)).toEqual(["HC-00003", "HC-00002", "HC-00001"]);
    const [latest] = (await owner.list()).certificates;
    expect((await owner.list({ after: `${latest?.issuedAt}.${latest?.number}` })).certificates.map(({ number }) => number)).toEqual(["HC-00002", "HC-00001"]);
  });

  it("expires after its months on the shop's own clock, and one without months never", async () => {
    const [short, ever] = [await owner.template({ validMonths: 1 }), await owner.template({ name: "For ever", numberPrefix: "EV-", validMonths: null })];
    const one = await owner.issue(short, { issuedOn: "2026-01-31" });
    expect([one.expiresOn, one.state]).toEqual(["2026-02-28", "expired"]);
    expect((await owner.issue(short, { issuedOn: "2026-06-15" })).state).toBe("valid");
    expect(await owner.issue(ever, { issuedOn: "1999-01-01" })).toMatchObject({ expiresOn: null, state: "valid" });
  });

  it("is revoked once, with the first reason", async () => {
    const { number } = await owner.issue(await owner.template());
    expect(await owner.revoke(number, "The machine was returned")).toMatchObject({ state: "revoked", revokedBecause: "The machine was returned" });
    expect(await owner.revoke(number, "Another reason")).toMatchObject({ revokedBecause: "The machine was returned" });
    expect((await auditOf(office.harbour)).filter(({ action }) => action === "certificate.revoked")).toMatchObject([{ after: { number, because: "The machine was returned" } }]);
  });

  it("that two revoke at once has one line in the log", async () => {
    const { number } = await owner.issue(await owner.template());
    const answers = await Promise.all(["One", "Two", "Three"].map(async (because) => await owner.revoke(number, because)));
    expect(new Set(answers.map(({ revokedBecause }) => revokedBecause)).size).toBe(1);
    expect((await auditOf(office.harbour)).filter(({ action }) => action === "certificate.revoked")).toHaveLength(1);
  });
});

describe("a template", () => {
  it("is changed on top of what was seen; the sequence goes on meanwhile and never back", async () => {
    const template = await owner.template();
    await owner.issue(template);
    const changed = await owner.change(template, templateOf({ version: 1, title: "Guarantee", nextNumber: 12 }));
    expect(changed).toMatchObject({ title: "Guarantee", version: 2, nextNumber: 13 });
    expect(await owner.change(changed, templateOf({ version: 2, nextNumber: 100 }))).toMatchObject({ version: 3, nextNumber: 100 });
    expect(await owner.issue(template)).toMatchObject({ number: "HC-00100", title: "Warranty Certificate" });
  });

  it("carries the shop's own picture, and a certificate is printed without it once it is removed", async () => {
    const hand = await office.someone(office.harbour, "owner");
    const logo = await hand.file(Uint8Array.from(atob(LOGO), (character) => character.charCodeAt(0)), { name: "logo.png", kind: "photo" });
    const template = await owner.template({ logoDocumentId: logo.id });
    expect(await paperOf((await owner.issue(template)).document)).toContain("/Subtype /Image");
    await hand.call("POST", `/documents/${logo.id}/remove`, {});
    const later = await owner.issue(template);
    expect(later.isFiled).toBe(true);
    expect(await paperOf(later.document)).not.toContain("/Subtype /Image");
    expect(office.logs.filter((line) => line.includes("certificate.without_logo"))).toHaveLength(1);
  });

  it("is archived and used again", async () => {
    const template = await owner.template();
    const turn = async (version: number, archived: boolean) => await (await owner.send("POST", `/certificate-templates/${template.id}/archive`, { version, archived })).json();
    expect(await turn(1, true)).toMatchObject({ template: { isArchived: true, version: 2 } });
    expect((await owner.send("POST", "/certificates", requestOf(template.id))).status).toBe(409);
    expect(await turn(2, false)).toMatchObject({ template: { isArchived: false, version: 3 } });
    expect((await owner.issue(template)).number).toBe("HC-00012");
  });
});
