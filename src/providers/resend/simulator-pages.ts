/** The demo's inbox: every letter that was sent, to whomever. No scripts; a letter's HTML stands in a frame that may run none. */
import { Hono } from "hono";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { tell, unsubscribeAs } from "./simulator-events";
import type { SentLetter, Simulation } from "./simulator-state";

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const LETTERS_SHOWN = 100;

/** Pages at `/` and below `/letters/`. */
export function pageRoutes(simulation: Simulation): Hono {
  const app = new Hono();
  app.get("/", (c) => c.html(inboxPage(simulation.letters, c.req.query("to") ?? "")));
  app.get("/letters/:id", (c) => {
    const letter = simulation.letters.find(({ id }) => id === c.req.param("id"));
    return letter === undefined ? c.html(NOT_HERE, 404) : c.html(letterPage(letter, simulation));
  });
  app.post("/letters/:id/:act", (c) => {
    const letter = simulation.letters.find(({ id }) => id === c.req.param("id"));
    const act = ACTS.find(({ path }) => path === c.req.param("act"));
    if (letter === undefined || act === undefined) return c.html(NOT_HERE, 404);
    act.does(simulation, letter);
    return c.redirect(`/letters/${letter.id}`, 303);
  });
  app.get("/letters/:id/html", (c) => {
    const letter = simulation.letters.find(({ id }) => id === c.req.param("id"));
    if (letter === undefined) return c.text("This letter is not here.", 404);
    // What a mail program would show: no script, nothing fetched, and links lead out of the frame.
    c.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-top-navigation-by-user-activation");
    c.header("referrer-policy", "no-referrer");
    return c.html(letter.html.replace("<head>", '<head><base target="_top">'));
  });
  return app;
}

/** What a reader, or a reader's mail server, may do with a letter. */
const ACTS: readonly { readonly path: string; readonly text: string; readonly does: (simulation: Simulation, letter: SentLetter) => void }[] = [
  { path: "unsubscribe", text: "Unsubscribe, as a mail program does", does: (simulation, letter) => void unsubscribeAs(simulation, letter) },
  { path: "spam", text: "Mark as spam", does: (simulation, letter) => tell(simulation, letter, "complained") },
  { path: "bounce", text: "Let it bounce for good", does: (simulation, letter) => tell(simulation, letter, "bounced") },
  { path: "full", text: "Let it bounce for now", does: (simulation, letter) => tell(simulation, letter, "bounced_for_now") },
];

function inboxPage(letters: readonly SentLetter[], to: string): Html {
  const found = letters.filter((letter) => to === "" || letter.to.includes(to)).toReversed();
  const rows = found.slice(0, LETTERS_SHOWN).map((letter) => html`<li><a href="/letters/${letter.id}">
    <strong>${letter.subject}</strong><span>${letter.isSuppressed ? "never left, " : ""}to ${letter.to.join(", ")}</span><time>${timeOf(letter)}</time></a></li>`);
  const empty = html`<p>No letters yet. Whatever Daybook sends arrives here.</p>`;
  return page("Letters", html`<h1>Letters</h1>
    <form method="get" action="/"><label>Sent to <input name="to" type="email" value="${to}" autocomplete="off"></label> <button>Show</button></form>
    ${rows.length === 0 ? empty : html`<ol>${rows}</ol>`}`);
}

function letterPage(letter: SentLetter, { outcomes, waiting }: Simulation): Html {
  const offersUnsubscribe = letter.headers["List-Unsubscribe-Post"] !== undefined;
  const acts = ACTS.filter(({ path }) => path !== "unsubscribe" || offersUnsubscribe).map(({ path, text }) => (
    html`<form method="post" action="/letters/${letter.id}/${path}"><button>${text}</button></form>`
  ));
  const told = outcomes.filter(({ letterId }) => letterId === letter.id).map(({ what, status, at }) => html`<li>${what}: Daybook answered ${status}, ${instantOf(at)}</li>`);
  const due = waiting.filter(({ letterId }) => letterId === letter.id).map(({ what, attempts }) => html`<li>${what}: ${attempts === 0 ? "about to be told" : "is told again later"}</li>`);
  const files = letter.attachments.map(({ name, text }) => html`<details><summary>${name}</summary><pre>${text}</pre></details>`);
  return page(letter.subject, html`<p><a href="/">All letters</a></p><h1>${letter.subject}</h1>
    <dl><dt>From</dt><dd>${letter.from}</dd><dt>To</dt><dd>${letter.to.join(", ")}</dd><dt>Sent</dt><dd>${letter.isSuppressed ? "never: the address bounced or complained before" : timeOf(letter)}</dd></dl>
    <div class="acts">${acts}</div>${told.length + due.length === 0 ? "" : html`<ul>${told}${due}</ul>`}
    <iframe title="The letter" src="/letters/${letter.id}/html" sandbox="allow-top-navigation-by-user-activation"></iframe>
    ${files}<details><summary>As plain text</summary><pre>${letter.text}</pre></details>`);
}

function timeOf({ at }: SentLetter): string {
  return instantOf(at);
}

function instantOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

const STYLE = [
  ":root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0 auto;max-width:48rem;padding:1rem}",
  "a{color:inherit}header{border-bottom:1px solid;padding-bottom:.5rem;margin-bottom:1rem}ol{list-style:none;padding:0}",
  "li a{display:grid;grid-template-columns:1fr auto;gap:0 1rem;padding:.6rem 0;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent);color:inherit;text-decoration:none}",
  "li strong{grid-column:1/-1;text-decoration:underline}li span,time,dd{overflow-wrap:anywhere}iframe{width:100%;min-height:34rem;border:1px solid}",
  "dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem 1rem}dd{margin:0}pre{white-space:pre-wrap;overflow-wrap:anywhere}",
  ".acts{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0}",
  "input,button{font:inherit;padding:.35rem .6rem;min-height:2.25rem;max-width:100%;box-sizing:border-box}",
].join("");

function page(title: string, body: Html): Html {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} – Mail (simulated)</title><style>${STYLE}</style></head>
    <body><header><strong>Mail (simulated)</strong></header><main>${body}</main></body></html>`;
}

const NOT_HERE = page("Not found", html`<h1>This letter is not here</h1><p><a href="/">All letters</a></p>`);
