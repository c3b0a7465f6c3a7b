/** A shop that issues certificates: documents and their bucket, fonts to print with, and a person at a desk. */
import { env as runtime } from "cloudflare:workers";
import type { CertificateRequest, CertificatesView, CertificateView, TemplateChange, TemplateView } from "../../../src/features/certificates/contract";
import { admit, type ShopCard, type Visit } from "../../../src/http/guard";
import { systemRandom } from "../../../src/kernel/clock";
import { newId, type PersonId, type SessionId } from "../../../src/kernel/ids";
import type { Role } from "../../../src/kernel/roles";
import { shardsOf, type Bindings } from "../../../src/platform/env";
import type { World } from "../../../src/platform/world";
import { withFonts } from "../../support/fonts";
import { openDrawer, type Drawer, type Hand } from "../documents/drawer";

export { keysOf } from "../documents/drawer";
export type { Drawer } from "../documents/drawer";

/** Documents as ever, with fonts. */
export async function openOffice(): Promise<Drawer> {
  return await openDrawer(withFonts);
}

/** A template as a page sends it. */
export function templateOf(changes: Partial<TemplateChange> = {}): TemplateChange {
  return {
    name: "Machines", title: "Warranty Certificate", statement: "The machine below is warranted to its first owner.", terms: "We mend what breaks.\n\nOr replace it.",
    numberPrefix: "HC-", nextNumber: 12, validMonths: 24, logoDocumentId: null, version: 0, ...changes,
  };
}

/** What is asked for; a key of its own where none is said. */
export function requestOf(template: string, changes: Partial<CertificateRequest> = {}): CertificateRequest {
  return { template, issuedTo: "Ágnes Kovács", product: "Linea Mini", serialNumber: "LM-817", issuedOn: "2026-07-15", key: newId(systemRandom), ...changes };
}

/** A person at a desk. Every call fails the test where the app refuses, but for `send`. */
export type Desk = ReturnType<typeof deskOf>;

export function deskOf(hand: Hand) {
  return {
    send: hand.send,
    template: async (changes: Partial<TemplateChange> = {}) => (await hand.call<{ template: TemplateView }>("POST", "/certificate-templates", templateOf(changes))).template,
    change: async ({ id }: TemplateView, change: TemplateChange) => (await hand.call<{ template: TemplateView }>("PUT", `/certificate-templates/${id}`, change)).template,
    issue: async (template: TemplateView, changes: Partial<CertificateRequest> = {}) => (await hand.call<{ certificate: CertificateView }>("POST", "/certificates", requestOf(template.id, changes))).certificate,
    revoke: async (number: string, because: string) => (await hand.call<{ certificate: CertificateView }>("POST", `/certificates/${number}/revoke`, { because })).certificate,
    list: async (query: Readonly<Record<string, string>> = {}) => await hand.call<CertificatesView>("GET", `/certificates?${new URLSearchParams(query).toString()}`),
    documents: async () => (await hand.list()).documents,
  };
}

/** Everything that the rows hold of a shop's certificates, by number. */
export async function rowsOf(shop: Pick<ShopCard, "id" | "shard">): Promise<readonly { readonly number: string; readonly document_id: string; readonly draft: string | null }[]> {
  const found = await shardsOf(runtime)[shop.shard]?.prepare("SELECT number, document_id, draft FROM certificate WHERE shop_id = ?1 ORDER BY number").bind(shop.id).all<{ number: string; document_id: string; draft: string | null }>();
  return found?.results ?? [];
}

/** Somebody in a shop without a browser, whose every look at the rows goes through `env`. */
export function visitOf(world: World, env: Bindings, shop: ShopCard, role: Role = "owner"): Visit {
  const person = { id: newId<PersonId>(systemRandom), name: "Ada Okafor", email: "ada@example.com" };
  const visit = admit(env, { shop, person, role, sessionId: newId<SessionId>(systemRandom), provedAt: world.clock(), secondFactorAt: null, through: null, from: { address: "", place: "", device: "" } }, "shop.read");
  if (!visit.ok) throw new Error("every role may read its shop");
  return visit.value;
}
