/** Pages that the server writes itself, where there is no app to show: a sentence and a way on. */
import { html } from "hono/html";
import type { Context } from "hono";

/** Markup whose every value was escaped. */
export type Markup = ReturnType<typeof html>;
export type PageStatus = 200 | 400 | 401 | 403 | 404 | 409 | 429 | 431 | 500 | 503;
export type PageWords = { readonly status: PageStatus; readonly title: string; readonly sentence: string };
export type PageLink = { readonly href: string; readonly text: string };

/**
 * Answers with a page. Every word is escaped; `link` leads to one of Daybook's own hosts, as do `choices`, of which a
 * person takes one.
 */
export function showPage(c: Context, words: PageWords, link: PageLink | null, choices: readonly PageLink[] = []): Response | Promise<Response> {
  const list = choices.length === 0 ? "" : html`<ul class="choices">${choices.map(({ href, text }) => html`<li><a href="${href}">${text}</a></li>`)}</ul>`;
  const way = link === null ? "" : html`<p><a href="${link.href}">${link.text}</a></p>`;
  return writePage(c, words, html`<p class="brand">Daybook</p><h1>${words.title}</h1><p>${words.sentence}</p>${list}${way}`);
}

/** Answers with a page of that content. `/page.css` is the web app's. */
export function writePage(c: Context, { status, title }: Pick<PageWords, "status" | "title">, content: Markup): Response | Promise<Response> {
  return c.html(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex"><title>${title} · Daybook</title><link rel="stylesheet" href="/page.css">
</head>
<body><main>${content}</main></body>
</html>
`, status);
}
