/** What whoever scans the code of a certificate sees: whether it is genuine and holds, and nothing that tells a stranger who owns what. */
import { html } from "hono/html";
import type { Context } from "hono";
import { wallClockAt } from "../../kernel/day";
import type { ShopCard } from "../../http/guard";
import { writePage, type Markup } from "../../http/page";
import type { CertificateView } from "./contract";
import { dateInWords, masked, stateOf } from "./rules";
import type { CertificateRow } from "./store";

type Verdict = { readonly glyph: string; readonly title: string; readonly sentence: string };

const VERDICTS = {
  valid: ({ expiresOn }) => ({
    glyph: "✓", title: "Genuine, and holds", sentence: expiresOn === null ? "This certificate was issued here and does not expire." : `This certificate was issued here and holds through ${dateInWords(expiresOn)}.`,
  }),
  expired: ({ expiresOn }) => ({ glyph: "○", title: "Genuine, but expired", sentence: `This certificate was issued here and held through ${expiresOn === null ? "its last day" : dateInWords(expiresOn)}.` }),
  revoked: () => ({ glyph: "!", title: "Revoked", sentence: "This certificate was issued here, and whoever issued it has revoked it. It holds no more." }),
} as const satisfies Record<CertificateView["state"], (row: CertificateRow) => Verdict>;

/** Answers with the page: 200 whatever the state, for a revoked certificate is one too. Every word is escaped. */
export function showVerdict(c: Context, row: CertificateRow, shop: Pick<ShopCard, "name" | "zone">, now: number): Response | Promise<Response> {
  const state = stateOf(row, wallClockAt(shop.zone, now).date);
  const { glyph, title, sentence } = VERDICTS[state](row);
  const facts = [
    ...(row.revokedAt === null ? [] : [fact("Revoked on", dateInWords(wallClockAt(shop.zone, row.revokedAt).date)), fact("Because", row.revokedBecause ?? "")]),
    fact("Certificate", `${row.title}, ${row.number}`), fact("For", row.product), ...(row.serialNumber === "" ? [] : [fact("Serial number", row.serialNumber)]),
    fact("Issued by", shop.name), fact("Issued to", masked(row.issuedTo)), fact("Issued on", dateInWords(row.issuedOn)),
    fact("Valid through", row.expiresOn === null ? "No expiry" : dateInWords(row.expiresOn)),
  ];
  return writePage(c, { status: 200, title: `${title}: ${row.number}` }, html`<p class="brand"><bdi>${shop.name}</bdi></p>
<h1><span aria-hidden="true">${glyph}</span> ${title}</h1><p>${sentence}</p>
<dl>${facts}</dl>
<p class="note">Compare number, product and initials with the paper: they must be the same. Kept by <bdi>${shop.name}</bdi> with Daybook.</p>`);
}

function fact(term: string, description: string): Markup {
  return html`<div><dt>${term}</dt><dd><bdi>${description}</bdi></dd></div>`;
}
