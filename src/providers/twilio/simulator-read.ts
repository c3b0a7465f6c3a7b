/** What can be looked at: texts, one and many, the account, its numbers, its Messaging Services and their campaigns. */
import { Hono } from "hono";
import { json, notFound, refuse, rfc2822, wireOf } from "./simulator-answer";
import { accountFor, unauthorized, type CallerEnv } from "./simulator-auth";
import type { SimulatedAccount, SimulatedNumber, SimulatedService, SimulatedText, Simulation } from "./simulator-state";

const MOST_A_PAGE = 1_000;
const USUAL_PAGE = 50;
/** When everything here was made, as far as its dates say. */
const MADE_AT = Date.UTC(2026, 0, 5, 12);

/** Routes of `api.twilio.com` that read. */
export function readRoutes(simulation: Simulation): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  app.get("/2010-04-01/Accounts/:account/Messages.json", (c) => {
    const account = accountFor(simulation, c.get("caller"), c.req.param("account"));
    return account === null ? unauthorized(simulation) : listTexts(simulation, account, new URL(c.req.url));
  });
  app.get("/2010-04-01/Accounts/:account/Messages/:file{[A-Za-z0-9]+\\.json}", (c) => {
    const account = accountFor(simulation, c.get("caller"), c.req.param("account"));
    if (account === null) return unauthorized(simulation);
    const text = simulation.state.texts.find(({ sid, accountSid }) => `${sid}.json` === c.req.param("file") && accountSid === account.sid);
    return text === undefined ? refuse(simulation, notFound(c.req.path)) : json(simulation, 200, wireOf(text));
  });
  app.get("/2010-04-01/Accounts/:account/IncomingPhoneNumbers.json", (c) => {
    const account = accountFor(simulation, c.get("caller"), c.req.param("account"));
    return account === null ? unauthorized(simulation) : listNumbers(simulation, account, new URL(c.req.url));
  });
  app.get("/2010-04-01/Accounts/:file{[A-Za-z0-9]+\\.json}", (c) => {
    const caller = c.get("caller");
    const account = caller.isKey ? null : accountFor(simulation, caller, c.req.param("file").replace(".json", ""));
    // A standard key may look at everything but accounts and keys.
    return account === null ? unauthorized(simulation) : json(simulation, 200, accountWire(account));
  });
  return app;
}

/** Routes of `messaging.twilio.com`. */
export function serviceRoutes(simulation: Simulation): Hono<CallerEnv> {
  const app = new Hono<CallerEnv>();
  const known = ({ account }: { readonly account: SimulatedAccount }, sid: string) => account.services.find((service) => service.sid === sid);
  app.get("/v1/Services/:sid", (c) => {
    const service = known(c.get("caller"), c.req.param("sid"));
    return service === undefined ? refuse(simulation, notFound(c.req.path)) : json(simulation, 200, serviceWire(c.get("caller").account, service));
  });
  app.get("/v1/Services/:sid/PhoneNumbers", (c) => {
    const { account } = c.get("caller");
    const service = known({ account }, c.req.param("sid"));
    if (service === undefined) return refuse(simulation, notFound(c.req.path));
    const numbers = account.numbers.filter(({ number }) => service.numbers.includes(number)).map((own) => ({
      sid: own.sid, account_sid: account.sid, service_sid: service.sid, phone_number: own.number, country_code: "US", capabilities: own.canText ? ["SMS", "MMS"] : [],
      date_created: iso(MADE_AT), date_updated: iso(MADE_AT), url: `${urlOf(service)}/PhoneNumbers/${own.sid}`,
    }));
    return json(simulation, 200, { phone_numbers: numbers, meta: metaOf(`${urlOf(service)}/PhoneNumbers`, "phone_numbers") });
  });
  app.get("/v1/Services/:sid/Compliance/Usa2p", (c) => {
    const { account } = c.get("caller");
    const service = known({ account }, c.req.param("sid"));
    if (service === undefined) return refuse(simulation, notFound(c.req.path));
    const campaigns = service.campaign === null ? [] : [campaignWire(account, service, service.campaign)];
    return json(simulation, 200, { compliance: campaigns, meta: metaOf(`${urlOf(service)}/Compliance/Usa2p`, "compliance") });
  });
  return app;
}

function listTexts(simulation: Simulation, account: SimulatedAccount, url: URL): Response {
  const objection = [...url.searchParams.keys()].find((name) => !LIST_PARAMETERS.has(name));
  if (objection !== undefined) return refuse(simulation, { status: 400, code: 20_001, message: `Unknown parameter ${objection}` });
  const found = simulation.state.texts.filter((text) => text.accountSid === account.sid && isAsked(text, url.searchParams))
    .toReversed().toSorted((a, b) => b.createdAt - a.createdAt);
  return json(simulation, 200, pageOf(found.map(wireOf), "messages", url));
}

const LIST_PARAMETERS: ReadonlySet<string> = new Set(["To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize", "Page", "PageToken"]);

/** A text that was not sent yet has no date of sending, and no filter by date finds it. */
function isAsked({ to, from, sentAt }: SimulatedText, asked: URLSearchParams): boolean {
  const day = (name: string): number | null => (asked.has(name) ? Date.parse(asked.get(name) ?? "") : null);
  const [on, until, since] = [day("DateSent"), day("DateSent<"), day("DateSent>")];
  const isOn = on === null || (sentAt !== null && iso(sentAt).slice(0, 10) === iso(on).slice(0, 10));
  const isUntil = until === null || (sentAt !== null && sentAt <= until);
  const isSince = since === null || (sentAt !== null && sentAt >= since);
  return isOn && isUntil && isSince && [["To", to], ["From", from]].every(([name, value]) => !asked.has(name ?? "") || asked.get(name ?? "") === value);
}

function listNumbers(simulation: Simulation, account: SimulatedAccount, url: URL): Response {
  const wanted = url.searchParams.get("PhoneNumber") ?? "";
  // Twilio looks for parts of numbers too.
  const found = account.numbers.filter(({ number }) => number.includes(wanted));
  return json(simulation, 200, pageOf(found.map((number) => numberWire(account, number)), "incoming_phone_numbers", url));
}

function pageOf(all: readonly unknown[], key: string, url: URL): Record<string, unknown> {
  const size = Math.min(MOST_A_PAGE, Math.max(1, Number(url.searchParams.get("PageSize") ?? USUAL_PAGE) || USUAL_PAGE));
  const page = Math.max(0, Number(url.searchParams.get("Page") ?? 0) || 0);
  const start = page * size;
  const shown = all.slice(start, start + size);
  const uriOf = (number: number): string => {
    const query = new URLSearchParams(url.searchParams);
    query.set("PageSize", String(size));
    query.set("Page", String(number));
    return `${url.pathname}?${query.toString()}`;
  };
  return {
    [key]: shown, page, page_size: size, start, end: start + Math.max(0, shown.length - 1), uri: uriOf(page), first_page_uri: uriOf(0),
    previous_page_uri: page === 0 ? null : uriOf(page - 1), next_page_uri: start + size < all.length ? uriOf(page + 1) : null,
  };
}

function accountWire({ sid, name, ownerSid, isActive }: SimulatedAccount): Record<string, unknown> {
  return {
    sid, friendly_name: name, owner_account_sid: ownerSid ?? sid, status: isActive ? "active" : "suspended", type: "Full", auth_token: "",
    date_created: rfc2822(MADE_AT), date_updated: rfc2822(MADE_AT), uri: `/2010-04-01/Accounts/${sid}.json`,
    subresource_uris: { messages: `/2010-04-01/Accounts/${sid}/Messages.json`, incoming_phone_numbers: `/2010-04-01/Accounts/${sid}/IncomingPhoneNumbers.json` },
  };
}

function numberWire(account: SimulatedAccount, { sid, number, canText, smsUrl }: SimulatedNumber): Record<string, unknown> {
  return {
    account_sid: account.sid, sid, phone_number: number, friendly_name: number, api_version: "2010-04-01", capabilities: { voice: true, sms: canText, mms: canText, fax: false },
    date_created: rfc2822(MADE_AT), date_updated: rfc2822(MADE_AT), sms_url: smsUrl, sms_method: "POST", status: "in-use", type: "local", beta: false,
    uri: `/2010-04-01/Accounts/${account.sid}/IncomingPhoneNumbers/${sid}.json`,
  };
}

function serviceWire(account: SimulatedAccount, service: SimulatedService): Record<string, unknown> {
  const url = urlOf(service);
  return {
    sid: service.sid, account_sid: account.sid, friendly_name: service.name, inbound_request_url: service.inboundUrl, inbound_method: "POST", sticky_sender: true,
    smart_encoding: true, us_app_to_person_registered: service.campaign === "VERIFIED", use_inbound_webhook_on_number: service.inboundUrl === null,
    validity_period: 14_400, usecase: "mixed", date_created: iso(MADE_AT), date_updated: iso(MADE_AT), url, links: { phone_numbers: `${url}/PhoneNumbers`, us_app_to_person: `${url}/Compliance/Usa2p` },
  };
}

function campaignWire(account: SimulatedAccount, service: SimulatedService, state: string): Record<string, unknown> {
  const sid = `QE${service.sid.slice(2)}`;
  return {
    sid, account_sid: account.sid, messaging_service_sid: service.sid, campaign_status: state, campaign_id: state === "VERIFIED" ? "CDEMO01" : null, us_app_to_person_usecase: "MIXED",
    description: "What a shop tells its customers", message_samples: [], errors: [], mock: false, is_externally_registered: false, date_created: iso(MADE_AT), date_updated: iso(MADE_AT),
    url: `${urlOf(service)}/Compliance/Usa2p/${sid}`,
  };
}

function metaOf(url: string, key: string): Record<string, unknown> {
  return { page: 0, page_size: USUAL_PAGE, first_page_url: `${url}?PageSize=${USUAL_PAGE}&Page=0`, previous_page_url: null, url: `${url}?PageSize=${USUAL_PAGE}&Page=0`, next_page_url: null, key };
}

function urlOf({ sid }: SimulatedService): string {
  return `https://messaging.twilio.com/v1/Services/${sid}`;
}

function iso(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
