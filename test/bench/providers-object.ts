/**
 * Both providers in one object, with limits that they enforce: Intuit's as documented, and for Square, which documents
 * none, the ten calls a second and merchant at which its users report refusals (square/connect-nodejs-sdk, issue 68).
 */
import { DurableObject } from "cloudflare:workers";
import { addDays, businessDateAt, type BusinessDate, type DaySchedule } from "../../src/kernel/day";
import { systemClock } from "../../src/kernel/clock";
import type { TokenSet } from "../../src/kernel/grant";
import { INTUIT_LIMITS, RateLimiter } from "../../src/providers/quickbooks/simulator-faults";
import { cafeCatalogue } from "../../src/providers/square/simulator-cafe";
import { cafeProfile } from "../../src/providers/square/simulator-profile";
import { generatedSource } from "../../src/providers/square/simulator-source";
import { grantFrom, openProviders, type Merchant, type Providers as Opened } from "../support/providers";

/** Calls a second and merchant. */
export const SQUARE_LIMITS = { perMinute: 600, perSecond: 10 };

/** Midnight to midnight in New York, at every location. */
export const SCHEDULE: DaySchedule = { zone: "America/New_York", cutOffs: [{ from: "2009-01-01" as BusinessDate, minutes: 0 }] };

const PLACES = ["Main Street", "Pier", "Airport"];
const SALES_A_DAY = 250;
/** The two lines that the tests' mapping does not know are not rung up. */
const PROFILE = { ...cafeProfile, autoGratuityShare: 0, deliveryShare: 0 };

type Account = { readonly Id: string; readonly Name: string };

/** A merchant at both providers, what they gave Daybook, and the chart of their books. */
export type Arrival = { readonly merchant: Merchant; readonly tokens: { readonly square: TokenSet; readonly quickbooks: TokenSet }; readonly accounts: readonly Account[] };

/** Calls that were answered and calls that were turned away, by provider; entries that stand in the books. */
export type Traffic = { readonly square: number; readonly quickbooks: number; readonly refused: number; readonly entries: readonly string[] };

export class Providers extends DurableObject {
  readonly #opened: Opened = open();
  readonly #squareLimiter = new RateLimiter(systemClock, SQUARE_LIMITS);
  #traffic = { square: 0, quickbooks: 0, refused: 0 };

  override async fetch(request: Request): Promise<Response> {
    const provider = new URL(request.url).hostname === "connect.squareup.com" ? "square" : "quickbooks";
    const isApi = new URL(request.url).pathname.startsWith("/v");
    const isAdmitted = provider === "quickbooks" || this.#squareLimiter.admits("the merchant");
    const answer = isAdmitted ? await this.#opened.transport(request) : Response.json({ errors: [{ category: "RATE_LIMIT_ERROR", code: "RATE_LIMITED" }] }, { status: 429 });
    if (isApi) this.#traffic[answer.status === 429 ? "refused" : provider] += 1;
    return answer;
  }

  /** Gives consent for the merchant at both providers. */
  async arrive(): Promise<Arrival> {
    const [merchant] = this.#opened.merchants;
    if (merchant === undefined) throw new Error("there is a merchant");
    const tokens = {
      square: await grantFrom(this.#opened, "square", merchant.merchantId, systemClock()),
      quickbooks: await grantFrom(this.#opened, "quickbooks", merchant.realm, systemClock()),
    };
    const accounts = this.#opened.quickbooks.control.accounts(merchant.realm).map(({ Id, Name }) => ({ Id, Name }));
    this.#opened.quickbooks.control.setLimits(INTUIT_LIMITS);
    this.#traffic = { square: 0, quickbooks: 0, refused: 0 };
    return { merchant, tokens, accounts };
  }

  /** What has come in since it was last asked. */
  async takeTraffic(): Promise<Traffic> {
    const entries = this.#opened.merchants.flatMap(({ realm }) => this.#opened.quickbooks.control.entries(realm).map((entry) => entry.DocNumber ?? ""));
    const taken = { ...this.#traffic, entries };
    this.#traffic = { square: 0, quickbooks: 0, refused: 0 };
    return taken;
  }
}

function open(): Opened {
  const today = businessDateAt(SCHEDULE, systemClock());
  const catalogue = cafeCatalogue("USD");
  const ids = PLACES.map((_, index) => `LBENCH${index}`);
  const locations = ids.map((id) => ({ id, schedule: SCHEDULE, catalogue, profile: PROFILE, volumeOn: () => SALES_A_DAY }));
  const source = generatedSource("bench", locations, addDays(today, -400), addDays(today, -1));
  const merchant = { locations: PLACES.map((name, index) => ({ id: ids[index] ?? "", name, zone: SCHEDULE.zone })), objects: catalogue.objects };
  return openProviders(systemClock, [merchant], source);
}
