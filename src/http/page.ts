/** Pages that the server writes itself, where there is no app to show: a sentence and a way on. */
import { html } from "hono/html";
import type { Context } from "hono";

export type PageStatus = 200 | 400 | 401 | 403 | 404 | 409 | 431 | 500;
export type PageWords = { readonly status: PageStatus; readonly title: string; readonly sentence: string };
export type PageLink = { readonly href: string; readonly text: string };

/**
 * Answers with a page. Every word is escaped; `link` leads to one of Daybook's own hosts, as do `choices`, of which a
 * person takes one. `/page.css` is the web app's.
 */
export function showPage(c: Context, words: PageWords, link: PageLink | null, choices: readonly PageLink[] = []): Response | Promise<Response> {
  const list = choices.length === 0 ? "" : html`<ul class="choices">${choices.map(({ href, text }) => html`<li><a href="${href}">${text}</a></li>`)}</ul>`;
  const way = link === null ? "" : html`<p><a href="${link.href}">${link.text}</a></p>`;
  return c.html(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex"><title>${words.title} · Daybook</title><link rel="stylesheet" href="/page.css">
</head>
<body><main><p class="brand">Daybook</p><h1>${words.title}</h1><p>${words.sentence}</p>${list}${way}</main></body>
</html>
`, words.status);
}
