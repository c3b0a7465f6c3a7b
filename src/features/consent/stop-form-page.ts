/** The pages of a shop's public form. No script runs on them, and none says whether the shop knows an address. */
import { html } from "hono/html";
import type { Context } from "hono";
import { writePage } from "../../http/page";

/** The form as it is shown: with what was typed, and what is wrong with it. */
export type ShownForm = { readonly name: string; readonly typed: string; readonly problem: string | null };

/** The longest number or address that the field takes. */
export const LONGEST_TYPED = 254;

/** One field and one button. It sends to its own address. */
export function showForm(c: Context, { name, typed, problem }: ShownForm): Response | Promise<Response> {
  const error = problem === null ? "" : html`<p class="problem" id="problem">${problem}</p>`;
  return writePage(c, { status: problem === null ? 200 : 400, title: "Stop messages" }, html`<p class="brand"><bdi>${name}</bdi></p><h1>Stop messages</h1>
<p>Enter the number or the email address that <bdi>${name}</bdi> writes to. From then on nothing more is sent there: no emails, no texts, no calls made with Daybook.</p>
<form method="post"><p class="field"><label for="address">Phone number or email address</label>
<input id="address" name="address" value="${typed}" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="${LONGEST_TYPED}" required${problem === null ? "" : html` aria-invalid="true" aria-describedby="problem"`}></p>${error}
<button type="submit">Stop messages</button></form>
<p class="note">Answering STOP to a text does the same. You need no account, and nothing else about you is asked.</p>`);
}

/** The same words for every address, whether anybody was ever written to there or not. */
export function showStopped(c: Context, name: string): Response | Promise<Response> {
  return writePage(c, { status: 200, title: "Messages stopped" }, html`<p class="brand"><bdi>${name}</bdi></p><h1>Nothing more is sent there</h1>
<p>From now on <bdi>${name}</bdi> sends nothing to that number or address. Should you change your mind, tell them, or text them START from your phone.</p>
<p class="note"><a href="">Another number or address</a></p>`);
}
