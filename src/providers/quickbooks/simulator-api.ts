/** The simulated company API under `/v3/company/<realm>/`: a token opens one company, and that one only. */
import { Hono, type Context, type MiddlewareHandler } from "hono";
import type { Result } from "../../kernel/result";
import { createAccount, updateAccount } from "./simulator-account";
import { answer, bodyOf, refuseWith, serverDate, timestamp, type Env, type Simulation } from "./simulator-core";
import { createEntry, deleteEntry, readEntry, updateEntry, voidEntry, type Writing } from "./simulator-journal";
import { openedBy } from "./simulator-oauth";
import { createItem, createReceipt } from "./simulator-receipts";
import { answerQuery, companyInfo, preferences } from "./simulator-read";
import {
  notAuthenticated, notFound, refusalOfStatus, requestIdTaken, requestIdWrong, required, throttled, unsupportedProperty,
  wrongCompany, wrongEnumeration, type Refusal,
} from "./simulator-refusals";
import { isFields, type Fields } from "./simulator-validate";
import { parseJson } from "../oauth";

const LONGEST_REQUEST_ID = 50;

/** Routes of one company's books. */
export function apiRoutes(simulation: Simulation): Hono<Env> {
  const app = new Hono<Env>().basePath("/v3/company/:realm");
  app.use("*", opensCompany(simulation));
  app.get("/companyinfo/:id", (context) => {
    const { company } = context.var;
    if (context.req.param("id") !== company.realm) return refuseWith(context, notFound, simulation);
    return shown(context, simulation, "CompanyInfo", companyInfo(company));
  });
  app.get("/preferences", (context) => shown(context, simulation, "Preferences", preferences(context.var.company)));
  app.get("/query", (context) => query(context, simulation, context.req.query("query") ?? ""));
  app.post("/query", async (context) => query(context, simulation, await bodyOf(context)));
  app.get("/account/:id", (context) => {
    const stored = simulation.state.accounts(context.var.company.realm).get(context.req.param("id"));
    return stored === undefined ? refuseWith(context, notFound, simulation) : shown(context, simulation, "Account", stored.account);
  });
  app.get("/journalentry/:id", (context) => {
    const found = readEntry(context.req.param("id"), { state: simulation.state, company: context.var.company });
    return found.ok ? shown(context, simulation, "JournalEntry", found.value) : refuseWith(context, found.failure, simulation);
  });
  app.get("/salesreceipt/:id", (context) => {
    const found = simulation.state.records(context.var.company.realm, "SalesReceipt").find(({ record }) => record.Id === context.req.param("id"));
    return found === undefined ? refuseWith(context, notFound, simulation) : shown(context, simulation, "SalesReceipt", found.record);
  });
  app.post("/item", (context) => write(context, simulation, "Item", createItem));
  app.post("/salesreceipt", (context) => write(context, simulation, "SalesReceipt", createReceipt));
  app.post("/account", (context) => write(context, simulation, "Account", accountOperation));
  app.post("/journalentry", (context) => write(context, simulation, "JournalEntry", entryOperation));
  for (const path of ["/companyinfo/:id", "/preferences", "/query", "/account", "/account/:id", "/journalentry", "/journalentry/:id", "/item", "/salesreceipt", "/salesreceipt/:id"]) {
    app.all(path, (context) => context.json({ error: "Method Not Allowed" }, 405));
  }
  return app;
}

/** Token, company, limits, and the company's own state, in that order. */
function opensCompany(simulation: Simulation): MiddlewareHandler<Env> {
  return async (context, next) => {
    const token = /^Bearer (.+)$/i.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
    const grant = openedBy(simulation, token);
    if (grant === null) return refuseWith(context, notAuthenticated, simulation);
    const company = simulation.state.companies.get(grant.realm);
    if (company === undefined || company.realm !== context.req.param("realm")) return refuseWith(context, wrongCompany, simulation);
    if (!simulation.limiter.admits(company.realm)) return refuseWith(context, throttled, simulation);
    const refusal = refusalOfStatus(company.status);
    if (refusal !== null) return refuseWith(context, refusal, simulation);
    context.set("company", company);
    await next();
    return undefined;
  };
}

function shown(context: Context, simulation: Simulation, name: string, entity: object, time = timestamp(simulation.clock())): Response {
  return answer(context, { [name]: entity, time });
}

function query(context: Context<Env>, simulation: Simulation, text: string): Response {
  const found = answerQuery(text, context.var.company, simulation.state);
  if (!found.ok) return refuseWith(context, found.failure, simulation);
  return shown(context, simulation, "QueryResponse", found.value);
}

type Operation = (body: Fields, writing: Writing, operation: string) => Result<object, Refusal>;

const entryOperation: Operation = (body, writing, operation) => {
  if (operation === "delete") return deleteEntry(body, writing);
  if (operation === "void") return voidEntry(body, writing);
  return body["Id"] === undefined && operation !== "update" ? createEntry(body, writing) : updateEntry(body, writing);
};

const accountOperation: Operation = (body, writing, operation) => {
  return body["Id"] === undefined && operation !== "update" ? createAccount(body, writing) : updateAccount(body, writing);
};

/** A repeated request id brings the first answer, even for another body, and writes nothing. */
async function write(
  context: Context<Env>, simulation: Simulation, name: "Account" | "JournalEntry" | "Item" | "SalesReceipt", perform: Operation,
): Promise<Response> {
  const requestId = context.req.query("requestid") ?? null;
  if (requestId !== null && (requestId === "" || requestId.length > LONGEST_REQUEST_ID)) return refuseWith(context, requestIdWrong, simulation);
  const text = await bodyOf(context);
  const replay = requestId === null ? null : replayOf(context, simulation, requestId);
  if (replay !== null) return replay;
  if (text.trim() === "") return refuseWith(context, required(name), simulation);
  const body = parseJson(text);
  if (!isFields(body)) return refuseWith(context, unsupportedProperty("Unexpected token"), simulation);
  const operation = context.req.query("include") === "void" ? "void" : (context.req.query("operation") ?? "create");
  if (!["create", "update", "delete", "void"].includes(operation)) return refuseWith(context, wrongEnumeration("operation", operation), simulation);
  const now = simulation.clock();
  const done = perform(body, {
    state: simulation.state,
    company: context.var.company,
    time: timestamp(now),
    today: serverDate(now),
    requestId,
    allowsDuplicateNumber: (context.req.query("include") ?? "").includes("allowduplicatedocnum"),
  }, operation);
  return done.ok ? shown(context, simulation, name, done.value) : refuseWith(context, done.failure, simulation);
}

function replayOf(context: Context<Env>, simulation: Simulation, requestId: string): Response | null {
  const made = simulation.state.madeBy(context.var.company.realm, requestId);
  if (made === undefined) return null;
  if (simulation.switches.repeats === "refused") return refuseWith(context, requestIdTaken, simulation);
  if (made.kind === "account") return shown(context, simulation, "Account", made.value.account, made.value.account.MetaData.CreateTime);
  if (made.kind === "record") return shown(context, simulation, made.value.entity, made.value.record, made.value.record.MetaData.CreateTime);
  const entry = made.value.original ?? made.value.entry;
  return shown(context, simulation, "JournalEntry", entry, entry.MetaData.CreateTime);
}
