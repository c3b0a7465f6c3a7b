/** The Durable Object in which the simulated Square, Clover, QuickBooks, Xero, Resend and Twilio live, so that all survive a restart. */
import { DurableObject } from "cloudflare:workers";
import { systemClock, systemRandom } from "../kernel/clock";
import type { BusinessDate } from "../kernel/day";
import { createCloverSimulator } from "../providers/clover/simulator";
import { createQuickBooksSimulator, type Stored } from "../providers/quickbooks/simulator";
import { createResendSimulator, type KeptLetter, type Knock } from "../providers/resend/simulator";
import { createSquareSimulator } from "../providers/square/simulator";
import type { OrderSource } from "../providers/square/simulator-source";
import type { SimulatedMerchant, SimulatorState } from "../providers/square/simulator-state";
import { createXeroSimulator, type Stored as StoredAtXero } from "../providers/xero/simulator";
import { readConfig, type Bindings, type Config } from "../platform/env";
import { simulatorFor } from "./addresses";
import { COFFEE_ZONE, readCoffeeHistory, type CoffeeHistory } from "./coffee-history";
import { coffeeCatalogue, coffeeLocationId, coffeeSource } from "./coffee-orders";
import { cloverMerchants, cloverSales, COVE, lateLunch } from "./demo-clover";
import { demoCompanies, demoOrganisations } from "./demo-books";
import { drawersAt } from "./demo-drawers";
import { surpriseOrder } from "./demo-surprises";
import { demoMerchants, demoSource, HARBOUR_LOCATIONS, scheduleOf } from "./demo-tills";
import { buildTwilio } from "./demo-texting";
import type { SimulatorState as CloverState } from "../providers/clover/simulator-state";
import type { SimulatorName } from "./registry";
import { openStore, type Store } from "./store";

type Simulators = {
  readonly square: ReturnType<typeof createSquareSimulator>;
  readonly clover: ReturnType<typeof createCloverSimulator>;
  readonly quickbooks: ReturnType<typeof createQuickBooksSimulator>;
  readonly xero: ReturnType<typeof createXeroSimulator>;
  readonly resend: ReturnType<typeof createResendSimulator>;
  readonly twilio: ReturnType<typeof buildTwilio>;
};

const SQUARE_STATE = "square";
const CLOVER_STATE = "clover";
const BOOKS_PREFIX = "books/";
const XERO_PREFIX = "xero/";
const LETTERS_PREFIX = "letters/";
const COFFEE_FILE = "coffee";

/** `getByName("world")` is the one world of the sandbox. */
export class Simulator extends DurableObject<Bindings> {
  #simulators: Promise<Simulators> | undefined;

  /** Answers a request that the app, or a browser, sent to one of the providers. */
  override async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const name = simulatorFor(url.hostname);
    if (name === null) return new Response(`No simulator stands in for ${url.hostname}.`, { status: 502 });
    const simulators = await this.#open();
    return await appOf(simulators, name).fetch(request);
  }

  /** Answers a browser that came to a simulator by its sandbox address. */
  async browse(name: SimulatorName, request: Request): Promise<Response> {
    return await appOf(await this.#open(), name).fetch(request);
  }

  /** What the post has to tell Daybook now: the worker carries it, for the simulators know no way there. */
  async takeKnocks(): Promise<Knock[]> {
    return [...await (await this.#open()).resend.control.take()];
  }

  /** How Daybook answered what was carried. */
  async knocked(knock: Knock, status: number): Promise<void> {
    (await this.#open()).resend.control.knocked(knock, status);
  }

  /** Puts the sale of a category that is not mapped into one day, and one of an account that goes inactive into another. */
  async surprise(heldDate: BusinessDate, failedDate: BusinessDate): Promise<void> {
    const { square } = await this.#open();
    const [main, pier] = HARBOUR_LOCATIONS;
    if (main === undefined || pier === undefined) return;
    const tray = { name: "Catering tray", variationId: "VAR_TRAY", unitMinor: 14_400, quantity: 2 };
    const seats = { name: "Latte art class", variationId: "VAR_CLASS", unitMinor: 6_500, quantity: 4 };
    square.control.putOrder(surpriseOrder({ locationId: main.id, schedule: scheduleOf(main), date: failedDate, item: tray }));
    square.control.putOrder(surpriseOrder({ locationId: pier.id, schedule: scheduleOf(pier), date: heldDate, item: seats }));
  }

  /** Lets the café's staff take cash out of the drawer and count it, on some days before `last` and on it. */
  async useDrawers(last: BusinessDate): Promise<void> {
    const { square } = await this.#open();
    const [main] = HARBOUR_LOCATIONS;
    if (main === undefined) return;
    for (const { shift, differenceMinor, gift } of drawersAt(main.id, scheduleOf(main), last)) {
      const counted = { at: shift.endedAt ?? shift.openedAt, minor: square.control.expectedCash(shift) + differenceMinor };
      square.control.putDrawer({ ...shift, counted });
      if (gift !== null) square.control.putGiftCardIncrease(gift);
    }
  }

  /** Twelve lattes that a tablet kept to itself come in for a past date of the café's first location. */
  async sellLateAtHarbour(date: BusinessDate): Promise<void> {
    const { square } = await this.#open();
    const [main] = HARBOUR_LOCATIONS;
    const lattes = { name: "Latte", variationId: "VAR_LATTE_L", unitMinor: 525, quantity: 12 };
    if (main !== undefined) square.control.putOrder(surpriseOrder({ locationId: main.id, schedule: scheduleOf(main), date, item: lattes }));
  }

  /** The same at the kitchen: a lunch for twelve. */
  async sellLateAtCove(date: BusinessDate): Promise<void> {
    const { clover } = await this.#open();
    clover.control.put(COVE.id, lateLunch(date));
  }

  /** Says at Twilio where texts to a number are told of, as an owner does in its console. */
  async pointNumber(number: string, smsUrl: string): Promise<void> {
    const { twilio } = await this.#open();
    twilio.control.pointNumber(number, smsUrl);
  }

  /** Writes a text from somebody's phone to a shop's number; resolves when the shop was told. */
  async textFrom(handset: string, number: string, body: string): Promise<void> {
    const { twilio } = await this.#open();
    twilio.control.text({ from: handset, to: number, body });
    await twilio.control.flush();
  }

  /** What a bookkeeper does in the books: makes an account of a company inactive, by name. */
  async makeInactive(realm: string, accountName: string): Promise<void> {
    const { quickbooks } = await this.#open();
    const account = quickbooks.control.accounts(realm).find((one) => one.Name === accountName);
    if (account !== undefined) quickbooks.control.setAccountActive(realm, account.Id, false);
  }

  /** Takes the coffee history (gzip of its CSV) in as a further merchant. Answers its first and last date. */
  async loadCoffee(gzip: ArrayBuffer): Promise<{ readonly from: BusinessDate; readonly to: BusinessDate }> {
    const history = await readCoffeeHistory(streamOf(gzip));
    openStore(this.ctx.storage.sql).putFile(COFFEE_FILE, gzip);
    this.#simulators = undefined;
    return { from: history.firstDate, to: history.lastDate };
  }

  #open(): Promise<Simulators> {
    // Twilio calls the demo as it calls the world: by its address, through the whole worker.
    this.#simulators ??= build(this.env, openStore(this.ctx.storage.sql), async (request) => await workerOf(this.ctx).fetch(request));
    return this.#simulators;
  }
}

async function build(env: Bindings, store: Store, deliver: (request: Request) => Promise<Response>): Promise<Simulators> {
  const config = readConfig(env);
  const redirectUris = (provider: string) => [`${config.scheme}://auth.${config.domain}/connect/${provider}/callback`];
  const common = { clock: systemClock, random: systemRandom };
  const coffee = store.getFile(COFFEE_FILE);
  const history = coffee === null ? null : await readCoffeeHistory(streamOf(coffee));
  const square: Simulators["square"] = createSquareSimulator({
    ...common,
    clients: [{ ...config.clients.square, redirectUris: redirectUris("square") }],
    merchants: history === null ? demoMerchants() : [...demoMerchants(), coffeeMerchant(history)],
    orders: history === null ? demoSource() : bothSources(demoSource(), coffeeSource(history)),
    onChange: () => store.put(SQUARE_STATE, square.control.snapshot()),
  });
  const known = store.get(SQUARE_STATE);
  if (known !== undefined) square.control.restore(known as SimulatorState);
  const quickbooks = createQuickBooksSimulator({
    ...common,
    clients: [{ ...config.clients.quickbooks, redirectUris: redirectUris("quickbooks") }],
    companies: demoCompanies(),
    restore: store.list(BOOKS_PREFIX) as Stored[],
    onChange: (stored) => store.put(`${BOOKS_PREFIX}${stored.kind}/${stored.key}`, stored),
    limits: null,
  });
  return { square, clover: buildClover(config, store), quickbooks, xero: buildXero(config, store), resend: buildPost(config, store), twilio: buildTwilio(store, deliver) };
}

function buildXero({ clients, scheme, domain }: Config, store: Store): Simulators["xero"] {
  return createXeroSimulator({
    clock: systemClock, random: systemRandom, limits: null,
    clients: [{ ...clients.xero, redirectUris: [`${scheme}://auth.${domain}/connect/xero/callback`] }],
    organisations: demoOrganisations(),
    restore: store.list(XERO_PREFIX) as StoredAtXero[],
    onChange: (stored) => store.put(`${XERO_PREFIX}${stored.kind}/${stored.key}`, stored),
  });
}

function buildClover({ clients, scheme, domain }: Config, store: Store): Simulators["clover"] {
  const clover: Simulators["clover"] = createCloverSimulator({
    clock: systemClock, random: systemRandom, merchants: cloverMerchants(), sales: cloverSales(),
    clients: [{ ...clients.clover, redirectUris: [`${scheme}://auth.${domain}/connect/clover/callback`] }],
    onChange: () => store.put(CLOVER_STATE, clover.control.snapshot()),
  });
  const known = store.get(CLOVER_STATE);
  if (known !== undefined) clover.control.restore(known as CloverState);
  return clover;
}

function buildPost({ mail, hookKeys, scheme, domain }: Config, store: Store): Simulators["resend"] {
  return createResendSimulator({
    hook: { url: `${scheme}://${domain}/hooks/resend`, secrets: [hookKeys.get("resend") ?? ""] },
    clock: systemClock, random: systemRandom, apiKey: mail.apiKey, domains: [/@([^>]+)>$/.exec(mail.from)?.[1] ?? ""],
    restore: store.list(LETTERS_PREFIX) as KeptLetter[],
    onLetter: (letter) => store.put(`${LETTERS_PREFIX}${letter.id}`, letter),
  });
}

function appOf(simulators: Simulators, name: SimulatorName): { fetch(request: Request): Response | Promise<Response> } {
  switch (name) {
    case "square": return simulators.square.app;
    case "clover": return simulators.clover.app;
    case "quickbooks": return simulators.quickbooks.app;
    case "xero": return simulators.xero.app;
    case "resend": return simulators.resend.app;
    case "twilio": return simulators.twilio.app;
  }
}

/** The worker that this object is part of, from the inside. */
function workerOf(context: DurableObjectState): Fetcher {
  return (context.exports as unknown as { readonly default: Fetcher }).default;
}

function coffeeMerchant(history: CoffeeHistory): SimulatedMerchant {
  const [main, ...others] = [...history.stores].map(([store, name]) => ({
    id: coffeeLocationId(store), name, timezone: COFFEE_ZONE, currency: "USD",
  }));
  if (main === undefined) throw new Error("the coffee history has no shop");
  return { id: "MCOFFEE", name: "Coffee history", country: "US", currency: "USD", locations: [main, ...others], objects: coffeeCatalogue(history).objects };
}

function bothSources(first: OrderSource, second: OrderSource): OrderSource {
  return {
    ordersClosed: (...range) => [...first.ordersClosed(...range), ...second.ordersClosed(...range)],
    order: (id) => first.order(id) ?? second.order(id),
    refundsCreated: (...range) => [...first.refundsCreated(...range), ...second.refundsCreated(...range)],
    refund: (id) => first.refund(id) ?? second.refund(id),
  };
}

function streamOf(bytes: ArrayBuffer): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([bytes]).stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
}
