/** What stands for Twilio's console: each account's numbers, and where texts to them are told of. */
import { html } from "hono/html";
import type { Html } from "../simulator-page";
import { phonePage } from "./simulator-phone";
import { serviceWith, type SimulatedAccount, type SimulatedNumber, type Simulation } from "./simulator-state";

/** The numbers of every account, each with a form for its webhook. */
export function consolePage({ state }: Simulation): Html {
  const accounts = Object.values(state.accounts).map((account) => html`<h2>${account.name}</h2>
    <p class="quiet">Account SID ${account.sid}<br>Auth token ${account.authToken}</p>${account.numbers.map((number) => numberForm(account, number))}`);
  return phonePage("Numbers at Twilio", html`<h1>Numbers at Twilio</h1>
    <p>A shop's settings show the address to write here: “A message comes in”, as in Twilio's console.</p>${accounts}`);
}

function numberForm(account: SimulatedAccount, { number, smsUrl, isRegistered }: SimulatedNumber): Html {
  const service = serviceWith(account, number);
  const campaign = service === null ? (isRegistered ? "registered with the carriers" : "not registered with the carriers") : `campaign ${service.campaign ?? "not made"}`;
  return html`<form method="post" action="/numbers"><fieldset><legend>${number}</legend>
    <p class="quiet">${service === null ? "No Messaging Service" : `Messaging Service ${service.sid}`}; ${campaign}</p>
    <input type="hidden" name="number" value="${number}">
    <label>A message comes in <input name="smsUrl" type="url" value="${smsUrl}" autocomplete="off"></label> <button>Save</button></fieldset></form>`;
}
