/** Certificates of one shop are nobody else's, though both stand on one shard and count alike. */
import { env as runtime } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { certificateOfDocumentQuery, certificateQuery, certificatesQuery, templatesQuery } from "../../../src/features/certificates/store";
import { expiringOn } from "../../../src/features/certificates/service";
import type { BusinessDate } from "../../../src/kernel/day";
import { openShopDb } from "../../../src/platform/database";
import type { DocumentId } from "../../../src/kernel/ids";
import { deskOf, openOffice, requestOf, templateOf } from "./desk";

describe("another shop's certificates", () => {
  it("are not seen, not counted with, not revoked and not checked", async () => {
    const office = await openOffice();
    const [ours, theirs] = [deskOf(await office.someone(office.harbour, "owner")), deskOf(await office.someone(office.lantern, "owner"))];
    const [template, other] = [await ours.template(), await theirs.template()];
    const certificate = await ours.issue(template);
    expect(await theirs.list()).toMatchObject({ certificates: [], templates: [{ id: other.id, nextNumber: 12 }] });
    expect((await theirs.list({ search: "Kovács" })).certificates).toEqual([]);
    expect((await theirs.send("POST", `/certificates/${certificate.number}/revoke`, { because: "x" })).status).toBe(404);
    expect((await theirs.send("POST", "/certificates", requestOf(template.id))).status).toBe(404);
    expect((await theirs.send("PUT", `/certificate-templates/${template.id}`, templateOf({ version: 1 }))).status).toBe(404);
    expect((await theirs.issue(other)).number).toBe(certificate.number);
    expect((await ours.list()).certificates).toMatchObject([{ state: "valid" }]);
  });

  it("are not in the rows of a shop on the same shard", async () => {
    const office = await openOffice();
    const ours = deskOf(await office.someone(office.harbour, "owner"));
    const { number, document, expiresOn } = await ours.issue(await ours.template());
    const db = openShopDb(runtime, office.lantern.id, office.harbour.shard);
    const found = await db.orm.batch([
      certificateQuery(db, number), certificateOfDocumentQuery(db, document as DocumentId), certificatesQuery(db, { words: [], after: null }, 10), templatesQuery(db),
    ]);
    expect(found).toEqual([[], [], [], []]);
    expect(await expiringOn(db, expiresOn as BusinessDate, null)).toEqual({ count: 0, first: [] });
  });
});
