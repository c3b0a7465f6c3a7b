/**
 * A whole Daybook: the real app, jobs, lanes and databases, with simulators at the other end of every call, a clock
 * that tests turn, and everything written down that goes in or out.
 */
import { env as runtime } from "cloudflare:workers";
import { createApp } from "../../../src/app";
import { createJobs, PRODUCTION_SETTINGS } from "../../../src/jobs";
import { systemRandom } from "../../../src/kernel/clock";
import type { ShopCard } from "../../../src/http/guard";
import { shardsOf, type Bindings } from "../../../src/platform/env";
import { fontFile } from "../../support/fonts";
import { lanesOf } from "../../support/objects";
import { withCommonQueue } from "../../support/queue";
import { createLog } from "../../../src/platform/log";
import type { World } from "../../../src/platform/world";
import { peopleTown } from "./people";
import { DOMAIN, NOW, SECRETS } from "./plan";
import { openProviders } from "./providers";
import { createQueue } from "./queue";
import { createRecorder } from "./recorder";

export type Town = Awaited<ReturnType<typeof openTown>>;

/** Opens a town with two shops of one owner each, on the same shard; a third shop stands on the other one. */
export async function openTown() {
  let now = NOW;
  const logs: string[] = [];
  const issued: string[] = [];
  const shown: string[] = [];
  const providers = openProviders(() => now);
  const recorder = createRecorder();
  const queue = createQueue();
  const world: World = {
    transport: () => providers.transport, clock: () => now, random: systemRandom, log: createLog((line) => logs.push(line), () => now),
  };
  const env: Bindings = {
    ...withCommonQueue(runtime), ...settings(), ...recorded(recorder), ASSETS: pages(), SYNC_QUEUE: queue.binding, MAIL_QUEUE: queue.binding, LANE: lanesOf(() => ({ env, world })),
  };
  const app = createApp(world);
  const pass = (milliseconds: number): void => void (now += milliseconds);
  const jobs = createJobs(world, { ...PRODUCTION_SETTINGS, spreadSeconds: 0, spacesBackfills: false, wait: async (milliseconds) => pass(milliseconds) });
  /** What a browser reaches: the providers' pages, and the app at every other address. */
  const handle = async (request: Request): Promise<Response> => {
    const provided = await providers.answer(request);
    if (provided !== null) return provided;
    const response = await app.fetch(request, env);
    issued.push(...response.headers.getSetCookie(), response.headers.get("location") ?? "");
    shown.push(await response.clone().text());
    return response;
  };
  const shops = await peopleTown(world, env);
  return {
    ...providers, ...shops, world, env, app, jobs, handle, logs, pass,
    /** Cookies and addresses that the app gave to browsers. */
    issued,
    /** What the app answered to browsers. */
    shown,
    statements: recorder.statements,
    queueBodies: queue.bodies,
    work: async () => await queue.deliver(jobs, env, pass),
  };
}

/** `https://harbour.daybook.example/api/days`. */
export function apiUrl({ slug }: Pick<ShopCard, "slug">, path: string): string {
  return `https://${slug}.${DOMAIN}/api${path}`;
}

function settings() {
  return {
    APP_DOMAIN: DOMAIN, APP_SCHEME: "https", MASTER_KEYS: JSON.stringify({ k1: btoa("m".repeat(32)) }), MASTER_KEY_CURRENT: "k1",
    PASSWORD_PEPPER: btoa("p".repeat(32)), SQUARE_CLIENT_ID: "daybook-at-square", SQUARE_CLIENT_SECRET: SECRETS.square,
    CLOVER_CLIENT_ID: "daybook-at-clover", CLOVER_CLIENT_SECRET: SECRETS.clover,
    QUICKBOOKS_CLIENT_ID: "daybook-at-quickbooks", QUICKBOOKS_CLIENT_SECRET: SECRETS.quickbooks,
    XERO_CLIENT_ID: "daybook-at-xero", XERO_CLIENT_SECRET: SECRETS.xero,
    SQUARE_WEBHOOK_KEY: "square-signs", QUICKBOOKS_WEBHOOK_TOKEN: "quickbooks-signs", CLOVER_WEBHOOK_SECRET: "clover-shows", XERO_WEBHOOK_KEY: "xero-signs",
    RESEND_API_KEY: SECRETS.resend, RESEND_WEBHOOK_SECRET: "whsec_ZGVtby1vZi1kYXlib29rLW1haWw=", MAIL_FROM: "Daybook <post@daybook.example>", AUDIT_SIGNING_KEY: btoa("a".repeat(32)), BREACH_CHECK: "off",
  };
}

function recorded(recorder: ReturnType<typeof createRecorder>) {
  const shards = shardsOf(runtime).map((shard, index) => [`SHARD_${index}`, recorder.record(`SHARD_${index}`, shard)]);
  return { DIRECTORY: recorder.record("DIRECTORY", runtime.DIRECTORY), ...Object.fromEntries(shards) as Pick<Bindings, "SHARD_0" | "SHARD_1"> };
}

/** The web app's one page, which says nothing of which shop it is. */
function pages(): Bindings["ASSETS"] {
  const page = () => new Response("<!doctype html><title>Daybook</title>", { headers: { "content-type": "text/html" } });
  const fetch = async (request: Request) => (new URL(request.url).pathname.startsWith("/fonts/") ? await fontFile(request) : page());
  return { fetch } as unknown as Bindings["ASSETS"];
}
