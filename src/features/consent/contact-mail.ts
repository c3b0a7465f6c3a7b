/**
 * A mail from a shop to one of its contacts: the shop's own words, and below them who wrote and how to say stop. Whoever is
 * written to can always unsubscribe: there is no such mail without the link. Nothing in it is fetched, counted or followed.
 */
import { html } from "hono/html";
import { assert } from "../../kernel/assert";
import type { MessageId } from "../../kernel/ids";
import type { ShopCard } from "../../http/guard";
import type { Config } from "../../platform/env";
import type { Mail } from "../../providers/registry";
import { LETTER_STYLE, oneLine } from "../mail/service";
import { emailAddress } from "../people/contract";
import { unsubscribeHeaders, unsubscribeUrl } from "./unsubscribe";

/** What is written to whom. */
export type ContactMail = {
  /** The message's own id: sent twice with one, it is one mail for a day. */
  readonly messageId: MessageId;
  readonly shop: Pick<ShopCard, "id" | "name">;
  /** One address, as `emailAddress` of people's contract made it. Anything else is a bug and throws. */
  readonly to: string;
  readonly subject: string;
  /** Plain text; a line break is one, an empty line ends a paragraph. */
  readonly body: string;
  /** What it leads to besides, such as documents: Daybook's own addresses, each in a line of its own. */
  readonly links: readonly { readonly text: string; readonly url: string }[];
  /** Who answers otherwise: the text line's help contact; null where the shop has none. */
  readonly helpContact: string | null;
  /** Where an answer goes; null where the shop reads no mail. */
  readonly replyTo: string | null;
};

const LONGEST_SUBJECT = 200;
const LONGEST_LINE = 2_000;
const LONGEST_BODY = 20_000;

type Posting = Pick<Config, "domain" | "scheme" | "masterKeys" | "mail">;

/** The mail, ready for `post.send`, which only `whileReachable` may call for it. The same message makes the same mail. */
export async function contactMail(config: Posting, mail: ContactMail): Promise<Mail> {
  const { messageId, shop, to, replyTo } = mail;
  assert(emailAddress.safeParse(to).success, "a mail goes to one address");
  const url = await unsubscribeUrl(config, { shopId: shop.id, address: { channel: "email", value: to }, messageId });
  const words = wordsOf(mail, url);
  return {
    id: messageId, from: senderOf(config, shop.name), to, subject: words.subject, text: textOf(words), html: (await htmlOf(words)).toString(), attachments: [],
    headers: unsubscribeHeaders(url), ...(replyTo === null ? {} : { replyTo }),
    // By these a bounce or a complaint finds its shop again.
    tags: { shop: shop.id, message: messageId },
  };
}

type Words = {
  readonly subject: string;
  readonly paragraphs: readonly (readonly string[])[];
  readonly links: ContactMail["links"];
  readonly from: string;
  readonly url: string;
};

function wordsOf({ subject, body, links, shop, helpContact }: ContactMail, url: string): Words {
  const paragraphs = body.slice(0, LONGEST_BODY).replace(/\r\n?/g, "\n").split(/\n(?:[ \t]*\n)+/).map((paragraph) => (
    paragraph.split("\n").map((one) => oneLine(one, LONGEST_LINE)).filter((one) => one !== "")
  ));
  const contact = helpContact === null ? "" : `: ${helpContact}`;
  return {
    subject: oneLine(subject, LONGEST_SUBJECT), paragraphs: paragraphs.filter((paragraph) => paragraph.length > 0),
    links: links.map((link) => ({ text: oneLine(link.text, LONGEST_SUBJECT), url: link.url })),
    from: oneLine(`Sent by ${shop.name}${contact}`, LONGEST_LINE), url,
  };
}

const STOP = "No more messages from us?";

function textOf({ paragraphs, links, from, url }: Words): string {
  const parts = [...paragraphs.map((lines) => lines.join("\n")), ...links.map((link) => `${link.text}:\n${link.url}`), `-- \n${from}\n${STOP} ${url}`];
  return `${parts.join("\n\n")}\n`;
}

async function htmlOf({ subject, paragraphs, links, from, url }: Words) {
  return await html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${subject}</title><style>${LETTER_STYLE}</style></head><body><main>
${paragraphs.map((lines) => html`<p>${lines.map((one, index) => html`${index === 0 ? "" : html`<br>`}${one}`)}</p>\n`)}${links.map((link) => html`<p><a href="${link.url}">${link.text}</a></p>\n`)}<hr>
<p class="quiet">${from}<br>${STOP} <a href="${url}">Unsubscribe</a></p></main></body></html>`;
}

/** `"Harbour Coffee via Daybook" <post@…>`. What means something in a header (RFC 5322 section 3.2.3) or looks like an address of its own is taken out of the name. */
function senderOf({ mail }: Posting, shopName: string): string {
  const address = /<([^<>]+)>$/.exec(mail.from)?.[1] ?? "";
  const name = oneLine(shopName.replace(/["\\<>()[\]:;@,]/g, " "), 100);
  return `"${name === "" ? "A shop" : name} via Daybook" <${address}>`;
}
