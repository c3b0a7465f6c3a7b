/** Whatever dies while a certificate is issued, wherever: asked for again, there is one number, one paper, one line. */
import { beforeEach, describe, expect, it } from "vitest";
import { issueCertificate } from "../../../src/features/certificates/service";
import type { CertificateRequest, TemplateView } from "../../../src/features/certificates/contract";
import type { Bindings } from "../../../src/platform/env";
import { auditOf } from "../../support/audit";
import { must } from "../../support/people";
import { drawsOf, gatedDatabase, runScheduled, type Fate, type Gate } from "../../support/schedule";
import { inventoryOf } from "../documents/drawer";
import { deskOf, openOffice, requestOf, rowsOf, templateOf, visitOf, type Desk, type Drawer } from "./desk";

/** Ten seconds on two idle cores; a busy machine takes several times that. */
const LONGEST_MS = 240_000;

let office: Drawer;
let owner: Desk;
let template: TemplateView;

beforeEach(async () => {
  office = await openOffice();
  owner = deskOf(await office.someone(office.harbour, "owner"));
  template = await owner.template({ nextNumber: 1 });
});

/** Every await of the shop's shard and of the bucket passes through the gate. */
function gated(env: Bindings, gate: Gate): Bindings {
  const shard = `SHARD_${office.harbour.shard}` as const;
  const database = env[shard];
  if (database === undefined) throw new Error("the shop lives somewhere");
  const bucket = new Proxy(env.DOCUMENTS, {
    get: (target, name: keyof R2Bucket) => (...values: unknown[]) => gate(async () => await (target[name] as (...given: unknown[]) => Promise<unknown>).apply(target, values)),
  });
  return { ...env, [shard]: gatedDatabase(database, gate), DOCUMENTS: bucket };
}

/** Issues, and dies as it is told to; answers how many awaits there were. */
async function issue(request: CertificateRequest, fateAt: (step: number) => Fate): Promise<number> {
  const process = async (gate: Gate) => {
    const env = gated(office.env, gate);
    must(await issueCertificate(office.world, env, visitOf(office.world, env, office.harbour), request));
  };
  const { steps } = await runScheduled([process], drawsOf(1), (_, step) => fateAt(step));
  return steps[0] ?? 0;
}

describe("issuing", () => {
  it("dies at any await, before or after its effect, and ends with one certificate", async () => {
    const all = await issue(requestOf(template.id), () => "go");
    expect(all).toBeGreaterThan(5);
    let issued = 1;
    for (let step = 0; step < all; step += 1) {
      for (const fate of ["dies_before", "dies_after"] as const) {
        const request = requestOf(template.id, { serialNumber: `${step} ${fate}` });
        await issue(request, (at) => (at === step ? fate : "go"));
        await issue(request, () => "go");
        issued += 1;
        const rows = await rowsOf(office.harbour);
        expect([rows.length, rows.filter(({ draft }) => draft !== null).length], `${fate} at ${step}`).toEqual([issued, 0]);
      }
    }
    expect((await rowsOf(office.harbour)).map(({ number }) => number)).toEqual(Array.from({ length: issued }, (_, index) => `HC-${String(index + 1).padStart(5, "0")}`));
    const lines = await auditOf(office.harbour);
    expect([lines.filter(({ action }) => action === "certificate.issued").length, lines.filter(({ action }) => action === "certificate.filed").length]).toEqual([issued, issued]);
    office.pass(3 * 86_400_000);
    await office.sweep();
    const { documents, held, named, strays } = await inventoryOf(office.harbour);
    expect([documents.length, held, strays]).toEqual([issued, named, []]);
  }, LONGEST_MS);

  it("that died before its paper was made shows so, and the paper is made from what was set down then", async () => {
    const request = requestOf(template.id);
    const all = await issue(requestOf(template.id), () => "go");
    let step = 0;
    while (step < all && (await rowsOf(office.harbour)).length < 2) {
      await issue(request, (at) => (at === step ? "dies_after" : "go"));
      step += 1;
    }
    const unfiled = (await owner.list()).certificates.find(({ isFiled }) => !isFiled);
    expect(unfiled?.number).toBe("HC-00002");
    await owner.change(template, templateOf({ title: "Another heading", version: 1 }));
    expect((await owner.send("POST", "/certificates/HC-00002/paper", {})).status).toBe(200);
    expect((await owner.list()).certificates).toMatchObject([{ number: "HC-00002", isFiled: true, title: "Warranty Certificate" }, { isFiled: true }]);
    expect((await owner.documents()).map(({ title }) => title).toSorted()).toEqual(["Warranty Certificate HC-00001", "Warranty Certificate HC-00002"]);
  });
});
