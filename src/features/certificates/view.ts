/** Certificates as pages show them. */
import { wallClockAt } from "../../kernel/day";
import { roleMay } from "../../kernel/roles";
import type { Visit } from "../../http/guard";
import { signLink } from "../../http/signed-link";
import { directoryDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { searchedWords } from "../documents/service";
import { namesOfActors } from "../people/service";
import type { CertificatesQuery, CertificatesView, CertificateView } from "./contract";
import { stateOf } from "./rules";
import { certificatesQuery, templatesQuery, type CertificateRow, type Mark } from "./store";
import { toTemplateView } from "./templates";

const PAGE = 50;
const GONE = "Someone who has left";

/** A page of certificates, latest first, with every template. Two questions in one round trip. */
export async function viewCertificates(world: World, env: Bindings, visit: Visit, { search, after }: CertificatesQuery): Promise<CertificatesView> {
  const { db, role } = visit;
  const wanted = { words: searchedWords(search ?? ""), after: after === undefined ? null : markOf(after) };
  const [found, templates] = await db.orm.batch([certificatesQuery(db, wanted, PAGE + 1), templatesQuery(db)]);
  const page = found.slice(0, PAGE);
  const last = page.at(-1);
  return {
    certificates: await viewAll(world, env, visit, page),
    next: found.length > PAGE && last !== undefined ? `${last.issuedAt}.${last.number}` : null,
    templates: templates.map(toTemplateView),
    may: { issue: roleMay(role, "documents.write"), manage: roleMay(role, "documents.manage") },
  };
}

/** One certificate as a page shows it. */
export async function viewCertificate(world: World, env: Bindings, visit: Visit, row: CertificateRow): Promise<CertificateView> {
  const [view] = await viewAll(world, env, visit, [row]);
  if (view === undefined) throw new Error("one row makes one view");
  return view;
}

async function viewAll(world: World, env: Bindings, { shop }: Visit, rows: readonly CertificateRow[]): Promise<CertificateView[]> {
  const config = readConfig(env);
  const today = wallClockAt(shop.zone, world.clock()).date;
  const names = await namesOfActors(directoryDb(env), rows.map(({ issuedBy }) => issuedBy));
  return await Promise.all(rows.map(async (row) => {
    const { number, documentId, templateId, title, issuedTo, product, serialNumber, issuedOn, expiresOn, revokedBecause, revokedAt, issuedAt, draft } = row;
    return {
      number, document: documentId, template: templateId, title, issuedTo, product, serialNumber, issuedOn, expiresOn, state: stateOf(row, today), revokedBecause, revokedAt,
      issuedBy: names.get(row.issuedBy) ?? GONE, issuedAt, isFiled: draft === null,
      verifyUrl: await signLink(config, { kind: "certificate", shard: shop.shard, shopId: shop.id, documentId }),
    };
  }));
}

function markOf(after: string): Mark {
  const dot = after.indexOf(".");
  return { issuedAt: Number(after.slice(0, dot)), number: after.slice(dot + 1) };
}
