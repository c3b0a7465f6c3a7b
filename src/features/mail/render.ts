/** A letter's two forms, plain text and HTML, from the same words. Everything is escaped; there is no other markup. */
import { html } from "hono/html";
import type { Words } from "./words";

/** The plain text: a paragraph, a blank line, the next. */
export function textOf({ paragraphs, button, code }: Words): string {
  const parts = [...paragraphs, ...(code === null ? [] : [code]), ...(button === null ? [] : [`${button.text}:\n${button.url}`]), SIGNATURE];
  return `${parts.join("\n\n")}\n`;
}

/** The HTML, without script, image or anything else that would be fetched. */
export async function htmlOf({ subject, paragraphs, button, code }: Words): Promise<string> {
  const page = await html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${subject}</title><style>${LETTER_STYLE}</style></head><body><main>
${paragraphs.map((paragraph) => html`<p>${paragraph}</p>\n`)}${code === null ? "" : html`<p class="code">${code}</p>\n`}${button === null ? "" : html`<p><a class="button" href="${button.url}">${button.text}</a></p>
<p class="quiet">Or open this address: ${button.url}</p>\n`}<p class="quiet">${SIGNATURE}</p></main></body></html>`;
  return page.toString();
}

const SIGNATURE = "Daybook: the day at the till, in the books.";

/** How letters look, in light and dark. */
export const LETTER_STYLE = [
  ":root{color-scheme:light dark}body{margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif}main{max-width:36rem;margin:0 auto}",
  ".code{font:600 28px/1.2 ui-monospace,monospace;letter-spacing:.15em}.quiet{opacity:.75;font-size:14px;overflow-wrap:anywhere}",
  ".button{display:inline-block;padding:10px 18px;border:2px solid;border-radius:6px;font-weight:600;text-decoration:none;color:inherit}",
].join("");
