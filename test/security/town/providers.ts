/** Square and QuickBooks as simulators behind the one way out, and everything that they ever answered. */
import { simulatorFor } from "../../../src/sandbox/addresses";
import { systemRandom } from "../../../src/kernel/clock";
import type { BusinessDate } from "../../../src/kernel/day";
import { createCloverSimulator } from "../../../src/providers/clover/simulator";
import { NO_SALES } from "../../../src/providers/clover/simulator-day";
import { createQuickBooksSimulator } from "../../../src/providers/quickbooks/simulator";
import { createResendSimulator } from "../../../src/providers/resend/simulator";
import { createSquareSimulator } from "../../../src/providers/square/simulator";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import { buildCatalogue, type Catalogue } from "../../../src/providers/square/simulator-catalogue";
import { cafeProfile } from "../../../src/providers/square/simulator-profile";
import { generatedSource } from "../../../src/providers/square/simulator-source";
import { CAFE_CHART } from "../../../src/providers/quickbooks/simulator-chart";
import { createXeroSimulator } from "../../../src/providers/xero/simulator";
import { openTexting } from "../../support/texting";
import { DOMAIN, HARBOUR, LANTERN, SECRETS, type ShopPlan } from "./plan";

/** One call as it left the Worker. */
export type Call = { readonly method: string; readonly host: string; readonly path: string; readonly query: string; readonly body: string };

export type Providers = ReturnType<typeof openProviders>;

const SALES_A_DAY = 40;

/** The rare goods that the demo maps by hand. */
function shelf(prefix: string): Catalogue {
  const cafe = cafeCatalogue("USD", prefix);
  const rare = buildCatalogue({
    currency: "USD", categories: [{ id: `${prefix}CAT_RARE`, name: "Workshops" }, { id: `${prefix}CAT_TRAYS`, name: "Catering" }],
    items: [
      { id: `${prefix}ITEM_CLASS`, name: "Latte art class", category: `${prefix}CAT_RARE`, variations: [{ id: `${prefix}VAR_CLASS`, name: "Seat", minor: 6_500 }] },
      { id: `${prefix}ITEM_TRAY`, name: "Catering tray", category: `${prefix}CAT_TRAYS`, variations: [{ id: `${prefix}VAR_TRAY`, name: "Twelve", minor: 14_400 }] },
    ],
  });
  return { ...cafe, objects: [...cafe.objects, ...rare.objects] };
}

export function openProviders(clock: () => number) {
  const plans = [HARBOUR, LANTERN];
  const answers: string[] = [];
  const calls: Call[] = [];
  const redirect = (provider: string) => [`https://auth.${DOMAIN}/connect/${provider}/callback`];
  const square = createSquareSimulator({
    clock, random: systemRandom, delay: () => Promise.resolve(),
    clients: [{ clientId: "daybook-at-square", clientSecret: SECRETS.square, redirectUris: redirect("square") }],
    merchants: plans.map((plan) => ({
      id: plan.merchant, name: `Till of ${plan.canary}`, country: "US", currency: "USD", objects: named(shelf(plan.prefix), plan),
      locations: [{ id: plan.location, name: `Pier ${plan.canary}`, timezone: "America/New_York", currency: "USD" }],
    })),
    orders: generatedSource("daybook-town", plans.map((plan) => ({
      id: plan.location, schedule: { zone: "America/New_York", cutOffs: [{ from: "2020-01-01" as BusinessDate, minutes: 0 }] },
      catalogue: shelf(plan.prefix), profile: cafeProfile, volumeOn: () => SALES_A_DAY,
    })), "2020-01-01" as BusinessDate, "2099-12-31" as BusinessDate),
  });
  const quickbooks = createQuickBooksSimulator({
    clock, random: systemRandom, limits: null, wait: () => Promise.resolve(),
    clients: [{ clientId: "daybook-at-quickbooks", clientSecret: SECRETS.quickbooks, redirectUris: redirect("quickbooks") }],
    companies: plans.map((plan) => ({
      realm: plan.realm, name: `Books of ${plan.canary}`,
      chart: [...CAFE_CHART, { name: `Petty ${plan.canary}`, type: "Expense", subType: "OtherMiscellaneousServiceCost" }, { name: "Catering Income", type: "Income", subType: "SalesOfProductIncome" }],
    })),
  });
  const xero = createXeroSimulator({
    clock, random: systemRandom, limits: null, wait: () => Promise.resolve(), clients: [{ clientId: "daybook-at-xero", clientSecret: SECRETS.xero, redirectUris: redirect("xero") }],
  });
  const clover = createCloverSimulator({ clock, random: systemRandom, clients: [], merchants: [], sales: NO_SALES });
  const resend = createResendSimulator({ clock, random: systemRandom, apiKey: SECRETS.resend, domains: [DOMAIN] });
  const twilio = openTexting(clock);
  /** Answers for a provider's host, to the app and to browsers alike; null for any other host. */
  const answer = async (request: Request): Promise<Response | null> => {
    const name = simulatorFor(new URL(request.url).hostname);
    if (name === null) return null;
    const response = await { square, clover, quickbooks, xero, resend, twilio }[name].app.fetch(request);
    answers.push(response.headers.get("location") ?? "");
    const copy = response.clone();
    answers.push(await copy.text().catch(() => ""));
    return response;
  };
  const transport = async (request: Request): Promise<Response> => {
    const { hostname, pathname, search } = new URL(request.url);
    calls.push({ method: request.method, host: hostname, path: pathname, query: search, body: new TextDecoder().decode(await request.clone().arrayBuffer()) });
    const response = await answer(request);
    if (response === null) throw new Error(`the app called ${hostname}`);
    return response;
  };
  return { square, quickbooks, resend, twilio, answers, calls, answer, transport };
}

/** Categories carry the shop's canary, as names that a merchant chose. */
function named(catalogue: Catalogue, plan: ShopPlan): Catalogue["objects"] {
  return catalogue.objects.map((object) => (object.category_data === undefined ? object : {
    ...object, category_data: { ...object.category_data, name: `${object.category_data.name} ${plan.canary}` },
  }));
}
