/** What is refused: people who may not, letters that no font has, numbers given twice, dates and pictures that are none. */
import { beforeEach, describe, expect, it } from "vitest";
import type { CertificateRequest, TemplateChange, TemplateView } from "../../../src/features/certificates/contract";
import type { Role } from "../../../src/kernel/roles";
import { auditOf } from "../../support/audit";
import { deskOf, openOffice, requestOf, rowsOf, templateOf, type Desk, type Drawer } from "./desk";

let office: Drawer;
let owner: Desk;
let template: TemplateView;

beforeEach(async () => {
  office = await openOffice();
  owner = deskOf(await office.someone(office.harbour, "owner"));
  template = await owner.template();
});

type Refused = { readonly error: { readonly title: string; readonly fields: readonly { readonly path: string }[] } };

async function refusal(response: Response): Promise<[number, string, string]> {
  const { error } = await response.json<Refused>();
  return [response.status, error.fields[0]?.path ?? "", error.title];
}

const issue = async (changes: Partial<CertificateRequest>) => await owner.send("POST", "/certificates", requestOf(template.id, changes));
const save = async (changes: Partial<TemplateChange>) => await owner.send("POST", "/certificate-templates", templateOf({ numberPrefix: "ZZ-", ...changes }));

describe("who may not", () => {
  it.each<[Role, number, number, number]>([["owner", 200, 200, 200], ["admin", 200, 200, 200], ["tech", 200, 403, 403], ["sales", 200, 403, 403], ["viewer", 403, 403, 403]])(
    "%s: issuing %i, revoking %i, templates %i", async (role, issuing, revoking, templates) => {
      const { number } = await owner.issue(template);
      const { send, list } = deskOf(await office.someone(office.harbour, role));
      expect((await send("POST", "/certificates", requestOf(template.id))).status).toBe(issuing);
      expect((await send("POST", `/certificates/${number}/revoke`, { because: "x" })).status).toBe(revoking);
      expect((await send("POST", "/certificate-templates", templateOf({ numberPrefix: "QQ-" }))).status).toBe(templates);
      expect((await list()).may).toEqual({ issue: issuing === 200, manage: templates === 200 });
    },
  );
});

describe("a certificate", () => {
  it("with letters that no font has gets no number, and is told which letters", async () => {
    expect(await refusal(await issue({ issuedTo: "張偉 Wei" }))).toEqual([400, "issuedTo", "The font has no letters for 張 偉. Write it in letters that can be printed."]);
    expect(await refusal(await issue({ product: "Kettle 🫖" }))).toEqual([400, "product", "The font has no letters for 🫖. Write it in letters that can be printed."]);
    expect(await rowsOf(office.harbour)).toEqual([]);
    expect((await owner.list()).templates[0]?.nextNumber).toBe(12);
    expect((await auditOf(office.harbour)).filter(({ action }) => action === "certificate.issued")).toEqual([]);
  });

  it("of a date that does not exist, is years away, or of no date at all, is none", async () => {
    for (const issuedOn of ["2026-02-30", "2031-01-01", "1850-01-01"]) expect((await refusal(await issue({ issuedOn })))[1]).toBe("issuedOn");
    for (const changes of [{ issuedTo: "" }, { product: " " }, { issuedOn: "tomorrow" }, { issuedTo: "a\u0000b" }, { key: "k" }, { serialNumber: "9".repeat(61) }]) expect((await issue(changes)).status).toBe(400);
  });

  it("asked for again under the same key with other contents is a conflict, and the first one stays", async () => {
    const request = requestOf(template.id);
    await owner.send("POST", "/certificates", request);
    expect((await owner.send("POST", "/certificates", { ...request, issuedTo: "Somebody else" })).status).toBe(409);
    expect((await owner.list()).certificates).toMatchObject([{ issuedTo: "Ágnes Kovács" }]);
  });

  it("that there is not cannot be revoked or printed, nor one be issued from no template", async () => {
    expect((await owner.send("POST", "/certificates/HC-99999/revoke", { because: "x" })).status).toBe(404);
    expect((await owner.send("POST", "/certificates/HC-99999/paper", {})).status).toBe(404);
    expect((await owner.send("POST", "/certificates", requestOf("z".repeat(26)))).status).toBe(404);
  });

  it("is not revoked without a reason", async () => {
    const { number } = await owner.issue(template);
    expect((await owner.send("POST", `/certificates/${number}/revoke`, { because: "  " })).status).toBe(400);
    expect((await owner.list()).certificates[0]?.state).toBe("valid");
  });
});

describe("a template", () => {
  it("cannot begin its numbers as another does, nor give again what was given", async () => {
    await owner.issue(template);
    expect((await refusal(await save({ numberPrefix: "HC-" })))[1]).toBe("numberPrefix");
    await owner.send("POST", `/certificate-templates/${template.id}/archive`, { version: 1, archived: true });
    expect(await refusal(await save({ numberPrefix: "HC-", nextNumber: 12 }))).toEqual([400, "nextNumber", "HC-00012 was given already: go on with 13 or later."]);
    expect((await save({ numberPrefix: "HC-", nextNumber: 13 })).status).toBe(200);
    expect((await owner.send("POST", `/certificate-templates/${template.id}/archive`, { version: 2, archived: false })).status).toBe(409);
  });

  it("cannot end its beginning with a figure: two sequences could give one number", async () => {
    for (const numberPrefix of ["W1", "9", "w-", "W ", "WWWWWWWWWWWWW"]) expect((await save({ numberPrefix })).status).toBe(400);
    for (const numberPrefix of ["", "W", "2026-", "A1B-"]) expect((await save({ numberPrefix })).status).toBe(200);
  });

  it("that somebody changed meanwhile is not changed, five at once included", async () => {
    const answers = await Promise.all(["A", "B", "C", "D", "E"].map(async (title) => await owner.send("PUT", `/certificate-templates/${template.id}`, templateOf({ title, version: 1 }))));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409, 409, 409, 409]);
    expect((await owner.send("PUT", `/certificate-templates/${template.id}`, templateOf({ version: 1 }))).status).toBe(409);
    expect((await owner.send("PUT", `/certificate-templates/${"z".repeat(26)}`, templateOf({ version: 1 }))).status).toBe(404);
  });

  it("takes as its logo a picture of the shop's own that can be printed, and nothing else", async () => {
    const hand = await office.someone(office.harbour, "owner");
    const paper = await hand.file(new TextEncoder().encode("%PDF-1.7\n%%EOF\n"), { title: "logo" });
    for (const logoDocumentId of [paper.id, "z".repeat(26)]) expect((await refusal(await save({ logoDocumentId })))[1]).toBe("logoDocumentId");
  });

  it("with letters that no font has is told which", async () => {
    expect(await refusal(await save({ terms: "保証" }))).toEqual([400, "terms", "The font has no letters for 保 証. Write it in letters that can be printed."]);
  });
});
