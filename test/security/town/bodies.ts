/** One body and one query for each route that takes some: what a page of Daybook would send, filled with given ids. */
import { nameOf, type Route } from "./routes";

export type Ids = {
  readonly connection: string; readonly location: string; readonly backfill: string; readonly date: string;
  readonly provider: string; readonly slug: string; readonly email: string; readonly fingerprint: string;
  readonly passkey: string; readonly session: string; readonly shop: string; readonly person: string; readonly offer: string;
  readonly invitation: string; readonly version: string; readonly payout: string; readonly drop: string;
  readonly template: string; readonly number: string;
  readonly contact: string; readonly import: string;
  readonly held: string; readonly hook: string;
  readonly document: string; readonly upload: string; readonly part: string; readonly share: string;
  readonly message: string;
  readonly broadcast: string;
};

/** An id of the right shape that nobody has. */
export const ABSENT_ID = "z".repeat(26);
export const ABSENT: Ids = {
  connection: ABSENT_ID, location: ABSENT_ID, backfill: ABSENT_ID, date: "2030-07-13", provider: "square", slug: "nobodys-shop",
  email: "nobody@nowhere.example", fingerprint: "f".repeat(43), passkey: ABSENT_ID, session: ABSENT_ID, shop: ABSENT_ID, person: ABSENT_ID,
  offer: ABSENT_ID, invitation: ABSENT_ID, version: "4096", payout: ABSENT_ID, drop: ABSENT_ID,
  template: ABSENT_ID, number: "NO-00001",
  contact: ABSENT_ID, import: ABSENT_ID,
  held: ABSENT_ID, hook: ABSENT_ID,
  document: ABSENT_ID, upload: ABSENT_ID, part: "1", share: ABSENT_ID,
  message: ABSENT_ID,
  broadcast: ABSENT_ID,
};

const DESCRIPTION = { kind: "warranty", subjectKind: "product", subject: "SN-1", title: "A kettle", tags: ["kitchen"], issuedOn: null, expiresOn: null };

const MESSAGE_TEMPLATE = { name: "Reminder", kind: "reminder", channel: "text", subject: "", body: "Hi {{first_name}}, {{shop}} here." };
const BROADCAST = { audience: { tags: ["regular"], contacts: [] }, link: "", perMinute: 60 };
const CONTACT = { name: "Rosa", phone: "+1 212 555 0142", email: null, zone: null, note: "", tags: ["regular"] };

const BODIES: Readonly<Record<string, (ids: Ids) => Readonly<Record<string, unknown>>>> = {
  "POST /shop/api/connections": ({ provider }) => ({ provider }),
  "POST /shop/api/connections/ask": ({ provider }) => ({ provider }),
  "PUT /shop/api/connections/:connection/closing": () => ({ closedThrough: null }),
  "POST /shop/api/locations": ({ connection }) => ({ connection, name: "A stall", zone: "America/New_York" }),
  "PUT /shop/api/files/layouts": () => ({
    name: "Our till", headings: ["Day", "Total"], part: "whole", columns: { date: "Day", amount: "Total" }, dates: "mdy", decimals: "point", tender: "Card", tipInAmount: true,
  }),
  "PUT /shop/api/files/places": ({ location }) => ({ places: [{ name: "Main", location }] }),
  "POST /shop/api/files/:drop/dismiss": () => ({}),
  "POST /shop/api/files/:drop/take": () => ({}),
  "POST /shop/api/certificates": ({ template }) => ({ template, issuedTo: "Somebody", product: "A grinder", serialNumber: "S-1", issuedOn: "2026-07-14", key: "k".repeat(26) }),
  "POST /shop/api/certificates/:number/paper": () => ({}),
  "POST /shop/api/certificates/:number/revoke": () => ({ because: "Issued by mistake" }),
  "POST /shop/api/certificate-templates": () => ({
    name: "Warranty", title: "Warranty Certificate", statement: "", terms: "", numberPrefix: "W-", nextNumber: 1, validMonths: 24, logoDocumentId: null, version: 0,
  }),
  "PUT /shop/api/certificate-templates/:template": () => ({
    name: "Warranty", title: "Warranty Certificate", statement: "", terms: "", numberPrefix: "W-", nextNumber: 1, validMonths: 24, logoDocumentId: null, version: 1,
  }),
  "POST /shop/api/certificate-templates/:template/archive": () => ({ version: 1, archived: true }),
  "PUT /shop/api/documents/rule": () => ({ seals: false }),
  "PUT /shop/api/documents/:document": () => ({ ...DESCRIPTION, changedAt: 1 }),
  "POST /shop/api/documents/:document/remove": () => ({}),
  "POST /shop/api/documents/uploads": () => ({ ...DESCRIPTION, name: "manual.pdf", sizeBytes: 200_000_000 }),
  "POST /shop/api/documents/uploads/:upload/complete": () => ({}),
  "POST /shop/api/documents/uploads/:upload/cancel": () => ({}),
  "POST /shop/api/contacts": () => ({ ...CONTACT, key: ABSENT_ID }),
  "PUT /shop/api/contacts/:contact": () => ({ ...CONTACT, version: 1 }),
  "POST /shop/api/contacts/:contact/merge": ({ contact }) => ({ from: contact, fromVersion: 1, version: 1 }),
  "POST /shop/api/contacts/:contact/erase": () => ({ version: 1 }),
  "POST /shop/api/contacts/imports/:import/step": () => ({}),
  "POST /shop/api/contacts/imports/:import/drop": () => ({}),
  "POST /shop/api/consent/held/:held/decide": () => ({ decision: "released", note: "They meant the part." }),
  "POST /shop/api/consent/opt-outs": ({ email }) => ({ key: ABSENT_ID, address: { channel: "email", value: email }, also: [], source: "call", note: "Rang at noon.", saidAt: 1 }),
  "POST /shop/api/consent/agreements": ({ email }) => ({ key: ABSENT_ID, address: { channel: "email", value: email }, source: "staff", note: "Asked at the counter.", saidAt: 1 }),
  "PUT /shop/api/locations/:location": () => ({ startsOn: "2030-07-20", cutOffMinutes: 120, cutOffFrom: "2030-07-25", code: "ABC" }),
  "PUT /shop/api/mapping": () => ({ version: 1, accounts: { tip: "13" } }),
  "POST /shop/api/mapping/effect": () => ({ version: 1, accounts: { tip: "13" } }),
  "POST /shop/api/mapping/versions/:version/restore": () => ({ version: 1 }),
  "POST /shop/api/mapping/accounts": () => ({ key: "sales:nothing-of-the-kind", name: "Something" }),
  "POST /shop/api/days/:location/:date/post": ({ fingerprint }) => ({ fingerprint }),
  "POST /shop/api/days/:location/:date/decide": () => ({ kind: "first_open_day" }),
  "POST /shop/api/payouts/:payout/post": ({ fingerprint }) => ({ fingerprint }),
  "POST /shop/api/payouts/:payout/decide": () => ({ kind: "edit_accepted" }),
  "PUT /shop/api/posting": () => ({ mode: "approve" }),
  "POST /shop/api/backfills": ({ location, date }) => ({ locations: [location], from: date, to: date, post: true }),
  "PUT /shop/api/shop": () => ({ name: "Another name" }),
  "PUT /shop/api/shop/address": () => ({ slug: "admin" }),
  "PUT /shop/api/shop/second-factor": () => ({ required: true }),
  "PUT /shop/api/team/:person": () => ({ role: "viewer" }),
  "POST /shop/api/team/:person/remove": () => ({}),
  "POST /shop/api/team/leave": () => ({ slug: "nobodys-shop" }),
  "POST /shop/api/team/transfer": ({ person }) => ({ person, stepDown: false }),
  "POST /shop/api/invitations": ({ email }) => ({ email, role: "viewer" }),
  "POST /shop/api/invitations/:invitation/resend": () => ({}),
  "POST /shop/api/invitations/:invitation/revoke": () => ({}),
  "POST /shop/api/documents/links/void": () => ({}),
  "POST /shop/api/documents/:document/link": () => ({ disposition: "inline" }),
  "POST /shop/api/documents/:document/links/void": () => ({}),
  "POST /shop/api/documents/:document/shares": () => ({ recipient: "Rosa", disposition: "attachment", days: 7, isOnce: false, passphrase: null }),
  "POST /shop/api/documents/:document/shares/:share/revoke": () => ({}),
  "PUT /shop/api/texting": () => ({
    account: { kind: "own", sid: `AC${"0".repeat(32)}`, credentials: { authToken: "t".repeat(32), apiKey: null } }, number: "+12125550147", serviceSid: null,
    displayName: "Harbour", helpContact: "212 555 0100", perMinute: 60, segmentMicros: 8_300, version: 0,
  }),
  "POST /shop/api/texting/check": () => ({ version: 1 }),
  "POST /shop/api/texting/remove": () => ({ version: 1 }),
  "POST /shop/api/sign-out": () => ({}),
  "POST /auth/api/sign-in": ({ email, slug }) => ({ email, password: "whatever it may be", enter: { site: slug, challenge: "c".repeat(43), to: "/days" } }),
  "POST /auth/api/sign-out": () => ({}),
  "POST /auth/api/sessions/:session/end": () => ({}),
  "POST /auth/api/sessions/end-others": () => ({}),
  "POST /auth/api/sign-in/link": ({ email, slug }) => ({ email, enter: { site: slug, challenge: "c".repeat(43), to: "/days" } }),
  "POST /auth/api/sign-in/link/prove": () => ({ code: "123456" }),
  "POST /auth/api/prove/password": () => ({ password: "whatever it may be" }),
  "POST /auth/api/reset": ({ email }) => ({ email }),
  "POST /auth/api/reset/prove": () => ({ code: "123456" }),
  "POST /auth/api/reset/finish": () => ({ password: "a saucer for the second cup", endOthers: false }),
  "POST /auth/api/sign-up": ({ email }) => ({ email }),
  "POST /auth/api/sign-up/prove": () => ({ code: "123456" }),
  "POST /auth/api/sign-up/finish": () => ({ name: "Somebody", password: "a saucer for the second cup", shop: null }),
  "POST /auth/api/shops": () => ({ name: "Some shop", slug: "admin", zone: "America/New_York", currency: "USD" }),
  "PUT /auth/api/account/name": () => ({ name: "Another name" }),
  "PUT /auth/api/account/password": () => ({ password: "short of nothing", endOthers: false }),
  "POST /auth/api/account/email": ({ email }) => ({ email }),
  "POST /auth/api/account/email/prove": () => ({ code: "123456" }),
  "POST /auth/api/account/verify": () => ({}),
  "POST /auth/api/account/verify/prove": () => ({ code: "123456" }),
  "POST /auth/api/invitations/look": () => ({ token: "t".repeat(43) }),
  "POST /auth/api/invitations/accept": () => ({ token: "t".repeat(43) }),
  "POST /auth/api/totp/begin": () => ({}),
  "POST /auth/api/totp/confirm": () => ({ code: "123456" }),
  "POST /auth/api/totp/remove": () => ({}),
  "POST /auth/api/recovery-codes": () => ({}),
  "POST /auth/api/passkeys/begin": () => ({}),
  "POST /auth/api/passkeys/finish": () => ({ name: "My key", response: passkeyAnswer({ attestationObject: "oA" }) }),
  "PUT /auth/api/passkeys/:passkey": () => ({ name: "My other key" }),
  "POST /auth/api/passkeys/:passkey/remove": () => ({}),
  "POST /auth/api/sign-in/passkey/begin": () => ({}),
  "POST /auth/api/sign-in/passkey/finish": () => ({ response: passkeyAnswer({ authenticatorData: "oA", signature: "oA" }) }),
  "POST /auth/api/second-factor/totp": () => ({ code: "123456" }),
  "POST /auth/api/second-factor/recovery": () => ({ code: "abcd-efgh-ijkl-mnop" }),
  "POST /auth/api/second-factor/passkey/begin": () => ({}),
  "POST /auth/api/second-factor/passkey/finish": () => ({ response: passkeyAnswer({ authenticatorData: "oA", signature: "oA" }) }),
  "POST /auth/api/work/:shop/retry": () => ({}),
  "POST /auth/api/work/:shop/post": () => ({}),
  "POST /auth/api/organisations": ({ slug }) => ({ name: "Some group", slug }),
  "POST /shop/api/message-templates": () => ({ ...MESSAGE_TEMPLATE, version: 0 }),
  "PUT /shop/api/message-templates/:template": () => ({ ...MESSAGE_TEMPLATE, version: 1 }),
  "POST /shop/api/message-templates/:template/archive": () => ({ version: 1, isArchived: true }),
  "POST /shop/api/message-templates/preview": ({ contact }) => ({ channel: "text", subject: "", body: "Hi {{first_name}}", contact, link: "", certificate: "" }),
  "POST /shop/api/broadcasts/dry-run": ({ template }) => ({ ...BROADCAST, template }),
  "POST /shop/api/broadcasts": ({ template, fingerprint }) => ({ ...BROADCAST, template, name: "Spring", fingerprint, key: ABSENT_ID }),
  "POST /shop/api/broadcasts/:broadcast/pause": () => ({}),
  "POST /shop/api/broadcasts/:broadcast/resume": () => ({}),
  "POST /shop/api/broadcasts/:broadcast/cancel": () => ({}),
  "POST /shop/api/threads/:contact/messages": () => ({ key: ABSENT_ID, channel: "text", subject: "", body: "It is ready.", documents: [], template: null }),
  "POST /shop/api/threads/:contact/messages/:message/cancel": () => ({ at: 1 }),
  "POST /shop/api/threads/:contact/read": () => ({ through: 1 }),
  "POST /shop/api/threads/:contact/assign": () => ({ person: null }),
  "POST /shop/api/threads/:contact/done": () => ({ isDone: true }),
  "PUT /shop/api/message-notices": () => ({ notifies: false }),
  "POST /shop/api/audit/checkpoint": () => ({}),
  "POST /hq/api/audit/checkpoint": () => ({}),
  "POST /hq/api/sign-out": () => ({}),
  "POST /shop/api/organisation/offers": () => ({ address: "nobodys-group" }),
  "POST /shop/api/organisation/offers/:offer/accept": () => ({}),
  "POST /shop/api/organisation/offers/:offer/decline": () => ({}),
  "POST /shop/api/organisation/leave": () => ({}),
  "PUT /hq/api/opt-outs": () => ({ sharesOptOuts: true }),
  "PUT /hq/api/organisation": () => ({ name: "Another name" }),
  "PUT /hq/api/members/:person": () => ({ role: "hq_viewer" }),
  "POST /hq/api/members/:person/remove": () => ({}),
  "POST /hq/api/invitations": ({ email }) => ({ email, role: "hq_viewer" }),
  "POST /hq/api/invitations/:invitation/resend": () => ({}),
  "POST /hq/api/invitations/:invitation/revoke": () => ({}),
  "POST /hq/api/leave": () => ({}),
  "POST /hq/api/shops/:shop/leave": () => ({}),
  "POST /hq/api/shops/:shop/retry": () => ({}),
  "POST /hq/api/shops/:shop/post": () => ({}),
  "POST /hq/api/offers": ({ slug }) => ({ address: slug }),
  "POST /hq/api/offers/:offer/accept": () => ({}),
  "POST /hq/api/offers/:offer/decline": () => ({}),
};

/** What a browser would send of an authenticator, with junk in every part. */
function passkeyAnswer(response: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return { id: "oA", rawId: "oA", type: "public-key", clientExtensionResults: {}, response: { clientDataJSON: "e30", ...response } };
}

const QUERIES: Readonly<Record<string, (ids: Ids) => Readonly<Record<string, string>>>> = {
  "POST /shop/api/files": () => ({ name: "items.csv" }),
  "GET /shop/api/documents": () => ({}),
  "GET /shop/api/contacts": () => ({}),
  "POST /shop/api/contacts/imports": () => ({}),
  "POST /shop/api/documents/file": () => ({ name: "warranty.pdf", key: ABSENT_ID }),
  "PUT /shop/api/documents/:document/file": () => ({ name: "warranty.pdf", version: "1" }),
  "PUT /shop/api/documents/:document/thumbnail": () => ({ version: "1" }),
  "PUT /shop/api/documents/uploads/:upload/parts/:part": () => ({ checksum: "c".repeat(43) }),
  "GET /shop/api/days": ({ date }) => ({ from: date, to: date }),
  "GET /shop/api/lookalikes": ({ date }) => ({ from: date, to: date }),
  "GET /shop/api/mapping/versions": () => ({}),
  "GET /shop/api/payouts": ({ date }) => ({ from: date, to: date }),
  "GET /shop/api/payouts/bridge": ({ date }) => ({ from: date, to: date }),
  "GET /shop/api/reports": ({ date, location }) => ({ from: date, to: date, location }),
  "GET /shop/api/reports/file": ({ date }) => ({ from: date, to: date, format: "csv" }),
  "GET /shop/api/reports/journal": ({ date }) => ({ from: date, to: date, format: "hledger" }),
  "GET /shop/api/consent/revocations": ({ date }) => ({ from: date, to: date }),
  "GET /shop/api/consent/revocations/file": ({ date }) => ({ from: date, to: date }),
  "GET /shop/api/certificates": () => ({}),
  "GET /shop/api/broadcasts": () => ({}),
  "GET /shop/api/broadcasts/:broadcast/recipients": () => ({}),
  "GET /shop/api/threads": () => ({}),
  "GET /shop/api/threads/:contact": () => ({}),
  "GET /shop/api/audit": () => ({}),
  "GET /shop/api/audit/proof": () => ({ seq: "1" }),
  "GET /shop/api/audit/consistency": () => ({ from: "1" }),
  "GET /shop/api/audit/export": () => ({ format: "csv" }),
  "GET /hq/api/audit": () => ({}),
  "GET /hq/api/audit/proof": () => ({ seq: "1" }),
  "GET /hq/api/audit/consistency": () => ({ from: "1" }),
  "GET /hq/api/audit/export": () => ({ format: "json" }),
  "GET /hq/enter/start": () => ({ to: "/" }),
  "GET /hq/enter": () => ({ code: "c".repeat(43), to: "/" }),
  "GET /hq/api/comparison": ({ date }) => ({ from: date, to: date }),
  "GET /shop/enter/start": () => ({ to: "/days" }),
  "GET /shop/enter": () => ({ code: "c".repeat(43), to: "/days" }),
  "GET /auth/api/sign-up/slug": ({ slug }) => ({ slug }),
  "GET /auth/enter": ({ slug }) => ({ site: slug, challenge: "c".repeat(43), to: "/days" }),
};

/** The body of a route that takes JSON. Throws for one that has no example here: nobody would have attacked it. */
export function bodyOf(route: Route, ids: Ids): Readonly<Record<string, unknown>> | undefined {
  if (!route.accepts.includes("json")) return undefined;
  const make = BODIES[nameOf(route)];
  if (make === undefined) throw new Error(`${nameOf(route)} takes JSON, and no test knows what to send it`);
  return make(ids);
}

/** The query of a route that takes one, as it stands in an address. */
export function queryOf(route: Route, ids: Ids): string {
  if (!route.accepts.includes("query")) return "";
  const make = QUERIES[nameOf(route)];
  if (make === undefined) throw new Error(`${nameOf(route)} takes a query, and no test knows what to send it`);
  return `?${new URLSearchParams(make(ids)).toString()}`;
}

/** The values of a path's parameters by their names; an absent one where the ids have none. Throws for a name that is new. */
export function valuesOf(names: readonly string[], ids: Ids): string[] {
  return names.map((name) => {
    const value = ({ ...ABSENT, ...ids } as Readonly<Record<string, string>>)[name];
    if (value === undefined) throw new Error(`no test knows what a path's ${name} is`);
    return value;
  });
}
