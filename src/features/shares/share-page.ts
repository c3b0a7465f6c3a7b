/** The page of a share: what it is, from whom and for whom, until when, and one button. It holds no script, and looking at it takes nothing. */
import { html } from "hono/html";
import type { Context } from "hono";
import type { ShopCard } from "../../http/guard";
import { writePage, type Markup, type PageStatus } from "../../http/page";
import type { DocumentKind } from "../documents/contract";
import type { LinkedDocument } from "../documents/service";
import { FORMATS } from "./rules";

const KINDS = { photo: "Photo", warranty: "Warranty", certificate: "Certificate", report: "Report", other: "Document" } as const satisfies Record<DocumentKind, string>;

/** What the page shows, and where its button sends. `problem`: why it was pressed in vain. */
export type ShownShare = { readonly found: LinkedDocument; readonly shop: Pick<ShopCard, "name" | "zone">; readonly action: string; readonly problem: string | null };

/** Answers with the page. Every word is escaped; names keep their own direction of writing. */
export function showShare(c: Context, status: PageStatus, { found, shop, action, problem }: ShownShare): Response | Promise<Response> {
  const facts = [
    fact("What it is", html`${KINDS[found.kind]}, ${FORMATS[found.mediaType].name}, ${sizeInWords(found.sizeBytes)}`),
    ...(found.shareRecipient === null || found.shareRecipient === "" ? [] : [fact("For", html`<bdi>${found.shareRecipient}</bdi>`)]),
    fact("Works", html`${found.shareIsOnce === 1 ? "once only, " : ""}until ${instantInWords(found.shareExpiresAt ?? 0, shop.zone)}`),
  ];
  const verb = found.shareDisposition === "inline" ? "Open" : "Download";
  return writePage(c, { status, title: found.title }, html`<p class="brand"><bdi>${shop.name}</bdi></p><h1><bdi>${found.title}</bdi></h1>
<dl>${facts}</dl>
<form method="post" action="${action}">${found.sharePassphraseHash === null ? "" : passphraseField(problem)}<button type="submit">${verb}</button></form>
<p class="note">Shared by <bdi>${shop.name}</bdi> with Daybook. Each use of this link is noted for the shop.</p>`);
}

function fact(term: string, description: Markup): Markup {
  return html`<div><dt>${term}</dt><dd>${description}</dd></div>`;
}

function passphraseField(problem: string | null): Markup {
  const error = problem === null ? "" : html`<p class="problem" id="problem">${problem}</p>`;
  return html`<p class="field"><label for="passphrase">Passphrase</label>
<input id="passphrase" name="passphrase" type="password" autocomplete="off" maxlength="72" required autofocus${problem === null ? "" : html` aria-invalid="true" aria-describedby="problem"`}></p>${error}`;
}

/** "812 bytes", "4.2 MB": decimal, as file managers of today count. */
function sizeInWords(bytes: number): string {
  if (bytes < 1_000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const [divisor, unit] = bytes < 1_000_000 ? [1_000, "KB"] : bytes < 1_000_000_000 ? [1_000_000, "MB"] : [1_000_000_000, "GB"];
  const amount = bytes / divisor;
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount).toString()} ${unit}`;
}

/** "18 August 2026 at 10:00, New York time". */
function instantInWords(at: number, zone: string): string {
  const instant = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: zone }).format(at);
  return `${instant}, ${(zone.split("/").at(-1) ?? zone).replaceAll("_", " ")} time`;
}
