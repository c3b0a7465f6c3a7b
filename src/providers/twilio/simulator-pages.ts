/** The demo's phone: whoever opens it texts a shop, and sees what the shop and Twilio itself answer. No scripts. */
import { Hono } from "hono";
import { html } from "hono/html";
import type { Html } from "../simulator-page";
import { consolePage } from "./simulator-console";
import type { SimulatorControl } from "./simulator-control";
import { phonePage as page } from "./simulator-phone";
import { ownerOf, type ScreenLine, type Simulation } from "./simulator-state";

/** E.164; spaces, brackets and dashes are taken off before, as people write them. */
const PHONE = /^\+[1-9]\d{6,14}$/;
const LONGEST_TEXT = 1_600;

const SENDERS: Readonly<Record<ScreenLine["by"], string>> = { person: "You", shop: "The shop", twilio: "Twilio itself", note: "Note" };

/** Pages at `/`, `/conversation` and `/numbers`. */
export function pageRoutes(simulation: Simulation, control: SimulatorControl): Hono {
  const app = new Hono();
  app.get("/", (c) => c.html(startPage(simulation)));
  app.get("/conversation", (c) => {
    const handset = phoneOf(c.req.query("other") ?? "") ?? phoneOf(c.req.query("handset") ?? "");
    const number = phoneOf(c.req.query("number") ?? "");
    const hasOther = (c.req.query("other") ?? "").trim() !== "" && phoneOf(c.req.query("other") ?? "") === null;
    if (handset === null || number === null || hasOther || ownerOf(simulation.state, number) === null) return c.html(unknownPage(), 404);
    return c.html(conversationPage(simulation, control, { handset, number }));
  });
  app.post("/conversation", async (c) => {
    const form = new URLSearchParams(new TextDecoder().decode(await c.req.arrayBuffer()));
    const [handset, number] = [phoneOf(form.get("handset") ?? ""), phoneOf(form.get("number") ?? "")];
    const body = (form.get("body") ?? "").slice(0, LONGEST_TEXT);
    if (handset === null || number === null || ownerOf(simulation.state, number) === null) return c.html(unknownPage(), 404);
    if (body.trim() !== "") {
      control.text({ from: handset, to: number, body });
      await control.flush();
    }
    return c.redirect(addressOf({ handset, number }), 303);
  });
  app.get("/numbers", (c) => c.html(consolePage(simulation)));
  app.post("/numbers", async (c) => {
    const form = new URLSearchParams(new TextDecoder().decode(await c.req.arrayBuffer()));
    const url = (form.get("smsUrl") ?? "").trim();
    if (url === "" || URL.canParse(url)) control.pointNumber(form.get("number") ?? "", url);
    return c.redirect("/numbers", 303);
  });
  return app;
}

function startPage({ state, handsets }: Simulation): Html {
  const numbers = Object.values(state.accounts).flatMap(({ name, numbers: own }) => own.map(({ number }) => ({ name, number })));
  const talks = new Map(state.screen.map(({ handset, number }) => [`${handset} ${number}`, { handset, number }]));
  const list = [...talks.values()].toReversed().map((talk) => html`<li><a href="${addressOf(talk)}">${talk.handset} and ${nameOf(state, talk.number)}</a></li>`);
  return page("A phone", html`<h1>A phone</h1>
    <p>Text a shop as a customer would. Nothing of it leaves this machine.</p>
    <form method="get" action="/conversation">
      <label>This phone <select name="handset">${handsets.map(({ number, name }) => html`<option value="${number}">${name}, ${number}</option>`)}</select></label>
      <label>or another number <input name="other" type="tel" autocomplete="off" placeholder="+1 212 555 0123"></label>
      <label>writes to <select name="number">${numbers.map(({ name, number }) => html`<option value="${number}">${name}, ${number}</option>`)}</select></label>
      <button>Open</button>
    </form>
    ${list.length === 0 ? html`<p class="quiet">No conversations yet.</p>` : html`<h2>Conversations</h2><ul>${list}</ul>`}`);
}

type Talk = { readonly handset: string; readonly number: string };

function conversationPage(simulation: Simulation, control: SimulatorControl, talk: Talk): Html {
  const lines = control.screen(talk.handset, talk.number).map((line) => html`<li class="${line.by}"><span class="who">${SENDERS[line.by]}, <time>${timeOf(line.at)}</time></span>
    <span class="words">${line.body}</span>${line.mediaUrls.map((url) => html`<a href="${/^https?:/.test(url) ? url : ""}" rel="noreferrer">Attachment</a>`)}</li>`);
  const hidden = html`<input type="hidden" name="handset" value="${talk.handset}"><input type="hidden" name="number" value="${talk.number}">`;
  const blocked = html`<p class="state" role="status">This phone said STOP. Twilio itself now refuses every message from the shop to it; START ends that.</p>`;
  return page(`${talk.handset} and ${nameOf(simulation.state, talk.number)}`, html`<p><a href="/">All phones</a></p>
    <h1>${nameOf(simulation.state, talk.number)}</h1><p class="quiet">${talk.number}, on the phone ${talk.handset}</p>
    ${control.isBlocked(talk.number, talk.handset) ? blocked : ""}
    ${lines.length === 0 ? html`<p class="quiet">Nothing was written yet.</p>` : html`<ol class="talk">${lines}</ol>`}
    <form method="post" action="/conversation" class="words">${hidden}<label>Your text <textarea name="body" rows="2" maxlength="${LONGEST_TEXT}" required></textarea></label>
      <button class="primary">Send</button> <a href="${addressOf(talk)}">Look for answers</a></form>
    <form method="post" action="/conversation" class="quick">${hidden}
      <button name="body" value="STOP">STOP</button> <button name="body" value="START">START</button> <button name="body" value="HELP">HELP</button></form>`);
}

function unknownPage(): Html {
  return page("Not found", html`<h1>No such number</h1><p>Write the phone's number with its country, as in +1 212 555 0123, and choose a shop's number from the list.</p><p><a href="/">All phones</a></p>`);
}

function nameOf(state: Simulation["state"], number: string): string {
  return ownerOf(state, number)?.account.name ?? number;
}

function addressOf({ handset, number }: Talk): string {
  return `/conversation?${new URLSearchParams({ handset, number }).toString()}`;
}

function phoneOf(text: string): string | null {
  const digits = text.replaceAll(/[\s().-]/g, "");
  return PHONE.test(digits) ? digits : null;
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}
