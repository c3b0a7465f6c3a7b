/** The pages behind the link in a mail. No script runs on them, and none says who was written to. */
import { html } from "hono/html";
import type { Context } from "hono";
import type { Failure } from "../../kernel/failure";
import { showPage, writePage } from "../../http/page";

/** Whose messages would stop, and where the shop's own form is; null for a shop that is closed. */
export type Sender = { readonly name: string; readonly formUrl: string } | null;

const NOBODY_NAMED = "the sender";

/** Asks, with one button. Looking at it changes nothing, whoever looks: scanners of mail open every link. */
export function showAsk(c: Context, sender: Sender): Response | Promise<Response> {
  const name = sender?.name ?? NOBODY_NAMED;
  return writePage(c, { status: 200, title: "Unsubscribe" }, html`<p class="brand"><bdi>${name}</bdi></p><h1>No more messages?</h1>
<p>After one press of the button <bdi>${name}</bdi> sends you nothing more: no emails, no texts, no calls made with Daybook.</p>
<form method="post"><button type="submit">Unsubscribe</button></form>
${sender === null ? "" : html`<p class="note">Written to at another number or address? <a href="${sender.formUrl}">Stop messages there</a>.</p>`}`);
}

/** Says that it is done, as often as it is asked. */
export function showDone(c: Context, sender: Sender): Response | Promise<Response> {
  const name = sender?.name ?? NOBODY_NAMED;
  return writePage(c, { status: 200, title: "Unsubscribed" }, html`<p class="brand"><bdi>${name}</bdi></p><h1>You are unsubscribed</h1>
<p>From now on <bdi>${name}</bdi> sends you nothing more. Should you change your mind, tell them, or text them START from your phone.</p>
${sender === null ? "" : html`<p class="note">Written to at another number or address? <a href="${sender.formUrl}">Stop messages there</a>.</p>`}`);
}

/** The one answer to whatever is no link of ours: it says where else a stop is heard, and nothing of anybody. */
export function refuseUnsubscribe(c: Context): Response | Promise<Response> {
  return showPage(c, {
    status: 404, title: "This link unsubscribes nobody",
    sentence: "It may not have been copied as a whole. Open it from the message itself, answer STOP to a text, or tell the shop in your own words: each of these ends its messages.",
  }, null);
}

/** Too many from one place, too often by one link, or for one address. */
export function showTooOften(c: Context, failure: Failure): Response | Promise<Response> {
  if (failure.kind === "too_many_requests") c.header("retry-after", failure.retryAfterSeconds.toString());
  return showPage(c, {
    status: 429, title: "That was too often", sentence: "Try again in some minutes, or answer STOP to a text: that is heard at once.",
  }, null);
}
