/** The paper of a certificate: drawn from what was set down with its number, and filed among the shop's documents. */
import type { DocumentId } from "../../kernel/ids";
import { ok, type Result } from "../../kernel/result";
import { actorOf, type Visit } from "../../http/guard";
import { signLink } from "../../http/signed-link";
import type { ShopDb } from "../../platform/database";
import { readConfig, type Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { documentQuery, fileMade, keeperOf, openContent } from "../documents/service";
import type { Logo } from "./pdf";
import { paperOf, wrong } from "./rules";
import { certificateFiled, type CertificateRow, type Draft } from "./store";

/** Larger ones say no more at the size of a logo, and every certificate carries it. */
const LARGEST_LOGO_BYTES = 1_000_000;
const LARGEST_LOGO_PIXELS = 2_000;
const MOST_LETTERS_NAMED = 6;

/** Whether every letter of these fields can be printed. `invalid_input` names the first field that has others, and those letters. */
export async function lettersKnown(env: Bindings, fields: Readonly<Record<string, string>>): Promise<Result<void>> {
  // Only the few requests that print load what knows fonts.
  const { fontsOf, unprintable } = await import("./pdf");
  for (const [path, text] of Object.entries(fields)) {
    const letters = await unprintable(fontsOf(env), [text]);
    if (letters.length === 0) continue;
    const named = `${letters.slice(0, MOST_LETTERS_NAMED).join(" ")}${letters.length > MOST_LETTERS_NAMED ? " and others" : ""}`;
    return wrong(path, `The font has no letters for ${named}${path === "shop" ? " of the shop's name" : ""}. Write it in letters that can be printed.`);
  }
  return ok(undefined);
}

/** A picture of the shop's that can be printed as a logo. `invalid_input` for anything else, in words. */
export async function readLogo(world: World, env: Bindings, db: ShopDb, id: DocumentId): Promise<Result<Logo>> {
  const [row] = await documentQuery(db, id);
  const type = row?.mediaType;
  if (row === undefined || (type !== "image/jpeg" && type !== "image/png")) return wrong("logoDocumentId", "Choose a JPEG or PNG among the shop's documents.");
  if (row.sizeBytes > LARGEST_LOGO_BYTES || Math.max(row.width ?? 0, row.height ?? 0) > LARGEST_LOGO_PIXELS) return wrong("logoDocumentId", "A logo is at most 1 MB and 2,000 pixels wide and high. File it smaller.");
  const content = await openContent(env, keeperOf(world, env), db, row, null);
  if (!content.ok) return content;
  const logo = { type, bytes: new Uint8Array(await new Response(content.value.body).arrayBuffer()) };
  const { canPrint } = await import("./pdf");
  return (await canPrint(logo)) ? ok(logo) : wrong("logoDocumentId", "This picture cannot be printed. Save it anew as a plain PNG or JPEG, and file that.");
}

/**
 * Draws the paper of a certificate that has none yet and files it as a document of its own id. Done twice it is done once.
 * Fails where the shop has no room or its key cannot be opened; throws where the bucket or the database do.
 */
export async function fileCertificate(world: World, env: Bindings, visit: Visit, row: CertificateRow): Promise<Result<CertificateRow>> {
  if (row.draft === null) return ok(row);
  const { db } = visit;
  const filed = await fileMade(world, env, db, {
    id: row.documentId, kind: "certificate", subjectKind: row.serialNumber === "" ? "shop" : "product", subject: row.serialNumber, title: `${row.title} ${row.number}`,
    fileName: `${row.number}.pdf`, mediaType: "application/pdf", issuedOn: row.issuedOn, expiresOn: row.expiresOn, tags: [], bytes: await draw(world, env, visit, row, row.draft),
    actor: actorOf(visit), action: "certificate.filed",
  });
  if (!filed.ok) return filed;
  await db.orm.batch([certificateFiled(db, row.number)]);
  return ok({ ...row, draft: null });
}

async function draw(world: World, env: Bindings, { db, shop }: Visit, row: CertificateRow, { statement, terms, logoDocumentId }: Draft): Promise<Uint8Array<ArrayBuffer>> {
  const { certificatePdf, fontsOf } = await import("./pdf");
  const { title, issuedTo, product, serialNumber, number, issuedOn, expiresOn, issuedAt, documentId } = row;
  const verifyUrl = await signLink(readConfig(env), { kind: "certificate", shard: shop.shard, shopId: shop.id, documentId });
  const face = { paper: paperOf(shop.currency), shop: shop.name, title, statement, terms, issuedTo, product, serialNumber, number, issuedOn, expiresOn, verifyUrl, issuedAt };
  return await certificatePdf({ ...face, logo: await logoOf(world, env, db, logoDocumentId) }, fontsOf(env));
}

/** The logo as it is now. One that was removed since is left out: the certificate has its number, and must come to paper. */
async function logoOf(world: World, env: Bindings, db: ShopDb, id: DocumentId | null): Promise<Logo | null> {
  if (id === null) return null;
  const logo = await readLogo(world, env, db, id);
  if (logo.ok) return logo.value;
  world.log.warn("certificate.without_logo", { shopId: db.shopId, kind: logo.failure.kind });
  return null;
}
