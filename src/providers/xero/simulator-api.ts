/** The simulated accounting API under `/api.xro/2.0/`: a token opens the organisations of its grant, one at a call. */
import { Hono, type Context, type MiddlewareHandler } from "hono";
import { MINUTE } from "../../kernel/clock";
import { draftAccount, shownAccount } from "./simulator-accounts";
import { answer, bodyOf, envelope, except, msDate, msDay, refuse, type Env, type Fields, type Simulation } from "./simulator-core";
import { shownJournal } from "./simulator-journals";
import { grantOpenedBy } from "./simulator-oauth";
import { throttled } from "./simulator-observe";
import type { Journal, Organisation } from "./simulator-state";
import { parseWhere } from "./simulator-where";
import { writeAccounts, writeJournals } from "./simulator-write";

const PAGE_SIZE = 100;
const LARGEST_PAGE = 1_000;

/** The scopes of which a token needs one for each part of the API: reading, and writing. */
const SCOPES = {
  settings: { read: ["accounting.settings", "accounting.settings.read"], write: ["accounting.settings"] },
  journals: { read: ["accounting.manualjournals", "accounting.manualjournals.read"], write: ["accounting.manualjournals"] },
} as const;

/** Routes of the accounting. */
export function apiRoutes(simulation: Simulation): Hono<Env> {
  const app = new Hono<Env>().basePath("/api.xro/2.0");
  app.use("*", limits(simulation));
  const list = (path: string, part: keyof typeof SCOPES) => app.use(path, opens(simulation, part));
  for (const path of ["/Organisation", "/Accounts", "/TrackingCategories"]) list(path, "settings");
  for (const path of ["/ManualJournals", "/ManualJournals/:id"]) list(path, "journals");
  app.get("/Organisation", (c) => show(c, simulation, { Organisations: [shownOrganisation(c.var.organisation)] }));
  app.get("/Accounts", (c) => {
    const all = [...simulation.state.accounts(c.var.organisation.id).values()];
    return show(c, simulation, { Accounts: all.map(shownAccount) });
  });
  app.get("/TrackingCategories", (c) => {
    const withArchived = c.req.query("includeArchived") === "true";
    const all = [...simulation.state.tracking(c.var.organisation.id).values()].map(({ category }) => category);
    return show(c, simulation, { TrackingCategories: all.filter(({ Status }) => withArchived || Status === "ACTIVE") });
  });
  app.get("/ManualJournals", (c) => listJournals(c, simulation));
  app.get("/ManualJournals/:id", (c) => {
    const journal = simulation.state.journals(c.var.organisation.id).get(c.req.param("id").toLowerCase());
    if (journal === undefined) return refuse(c, simulation, 404, "NotFound", "The resource you're looking for cannot be found");
    return show(c, simulation, { ManualJournals: [shownJournal(journal)] });
  });
  app.put("/Accounts", async (c) => await writeAccounts(c, simulation, draftAccount));
  for (const method of ["PUT", "POST"] as const) app.on(method, "/ManualJournals", async (c) => await writeJournals(c, simulation, method, null));
  app.post("/ManualJournals/:id", async (c) => await writeJournals(c, simulation, "POST", c.req.param("id").toLowerCase()));
  for (const path of ["/Organisation", "/Accounts", "/TrackingCategories", "/ManualJournals", "/ManualJournals/:id"]) {
    app.all(path, (c) => answer(c, { Message: "The HTTP method is not allowed." }, 405));
  }
  app.all("*", (c) => refuse(c, simulation, 404, "NotFound", "The resource you're looking for cannot be found"));
  return app;
}

/** Counts every call of an organisation, and says on every answer what is left. */
function limits(simulation: Simulation): MiddlewareHandler<Env> {
  return async (context, next) => {
    await bodyOf(context); // read before it is counted: Hono keeps it for who reads it again
    const tenant = context.req.header("xero-tenant-id") ?? "";
    const broken = simulation.limiter.begin(tenant);
    if (broken !== null) return throttled(context, simulation, broken.problem, broken.retryAfterSeconds);
    try {
      await next();
    } finally {
      simulation.limiter.end(tenant);
    }
    const { minute, day, appMinute } = simulation.limiter.left(tenant);
    for (const [name, left] of [["x-minlimit-remaining", minute], ["x-daylimit-remaining", day], ["x-appminlimit-remaining", appMinute]] as const) {
      context.res.headers.set(name, String(left));
    }
    return undefined;
  };
}

/** Token, organisation, scope, and the organisation's own state, in that order. */
function opens(simulation: Simulation, part: keyof typeof SCOPES): MiddlewareHandler<Env> {
  return async (context, next) => {
    const token = /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
    const opened = grantOpenedBy(simulation, token);
    if (!opened.ok) return refuse(context, simulation, 401, "Unauthorized", opened.failure);
    const tenant = (context.req.header("xero-tenant-id") ?? "").toLowerCase();
    const organisation = simulation.state.organisations.get(tenant);
    const isConnected = opened.value.connections.some(({ tenantId }) => tenantId === tenant);
    if (organisation === undefined || !isConnected) return refuse(context, simulation, 403, "Forbidden", "AuthenticationUnsuccessful");
    const needed: readonly string[] = SCOPES[part][context.req.method === "GET" ? "read" : "write"];
    if (!needed.some((scope) => opened.value.scopes.includes(scope))) return refuse(context, simulation, 401, "Unauthorized", "AuthorizationUnsuccessful");
    if (organisation.isOffline) return refuse(context, simulation, 503, "ServiceUnavailable", "The Organisation is offline");
    context.set("organisation", organisation);
    await next();
    return undefined;
  };
}

function show(context: Context, simulation: Simulation, body: Fields): Response {
  return answer(context, envelope(simulation, body));
}

function listJournals(context: Context<Env>, simulation: Simulation): Response {
  const { where = "", page, pageSize } = context.req.query();
  const filter = where === "" ? null : parseWhere(where);
  if (filter !== null && !filter.ok) return except(context, 16, "QueryParseException", filter.failure);
  const since = modifiedSince(context);
  if (since === "wrong") return except(context, 12, "ArgumentOutOfRangeException", "The If-Modified-Since header is not a date.");
  const all = [...simulation.state.journals(context.var.organisation.id).values()].toSorted((one, other) => one.updatedAt - other.updatedAt);
  const found = all.filter((journal) => (filter === null || filter.value(journal)) && (since === null || journal.updatedAt >= since));
  if (page === undefined) return show(context, simulation, { ManualJournals: found.slice(0, PAGE_SIZE).map((one) => shownJournal(one, false)) });
  return pageOf(context, simulation, found, { page: Number(page), pageSize: Math.min(LARGEST_PAGE, Number(pageSize ?? PAGE_SIZE)) });
}

function pageOf(context: Context, simulation: Simulation, found: readonly Journal[], { page, pageSize }: { readonly page: number; readonly pageSize: number }): Response {
  if (!Number.isInteger(page) || page < 1 || !Number.isInteger(pageSize) || pageSize < 1) {
    return except(context, 12, "ArgumentOutOfRangeException", "The page is not a number.");
  }
  const shown = found.slice((page - 1) * pageSize, page * pageSize);
  const pagination = { page, pageSize, pageCount: Math.max(1, Math.ceil(found.length / pageSize)), itemCount: found.length };
  return show(context, simulation, { pagination, ManualJournals: shown.map((journal) => shownJournal(journal)) });
}

/** Epoch milliseconds of the header; null without one. Instants without a zone are UTC. */
function modifiedSince(context: Context): number | null | "wrong" {
  const text = context.req.header("if-modified-since");
  if (text === undefined) return null;
  const instant = Date.parse(/^\d{4}-\d{2}-\d{2}T[\d:.]+$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(instant) ? "wrong" : instant;
}

function shownOrganisation(organisation: Organisation): Fields {
  const { id, name, currency, country, timezone, periodLockDate, endOfYearLockDate } = organisation;
  return {
    OrganisationID: id, Name: name, LegalName: name, BaseCurrency: currency, CountryCode: country, Timezone: timezone, OrganisationType: "COMPANY",
    OrganisationStatus: "ACTIVE", IsDemoCompany: false, PaysTax: true, FinancialYearEndDay: 31, FinancialYearEndMonth: 12, Edition: "BUSINESS", Class: "PREMIUM",
    ...(periodLockDate === null ? {} : { PeriodLockDate: msDay(periodLockDate) }),
    ...(endOfYearLockDate === null ? {} : { EndOfYearLockDate: msDay(endOfYearLockDate) }),
    CreatedDateUTC: msDate(MINUTE, ""), ShortCode: `!${id.slice(0, 5)}`,
  };
}
