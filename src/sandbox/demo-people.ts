/** Who lives in the demo world, in which shops, and how they map. */
import type { MappingLine, MappingView } from "../features/mapping/contract";
import { createPerson, findPersonByEmail } from "../features/people/service";
import { addMember, createShop, findShopBySlug } from "../features/shops/service";
import { setPassword } from "../features/sign-in/service";
import type { Result } from "../kernel/result";
import type { PersonId } from "../kernel/ids";
import type { Role } from "../kernel/roles";
import { directoryDb } from "../platform/database";
import type { SandboxContext } from "./context";
import { CATERING_ACCOUNT, HARBOUR_REALM, LANTERN_REALM } from "./demo-books";
import { HARBOUR_LOCATIONS, LANTERN_LOCATIONS } from "./demo-tills";

/** Everybody's password in the demo. */
export const PASSWORD = "correct horse battery staple";

export type DemoShop = {
  readonly slug: string;
  readonly name: string;
  readonly zone: string;
  readonly ownerEmail: string;
  readonly ownerName: string;
  /** Further people, by address. */
  readonly others: Readonly<Record<string, { readonly name: string; readonly role: Role }>>;
  readonly merchant: string;
  readonly realm: string;
  readonly locations: typeof HARBOUR_LOCATIONS;
  /** Whether one day is left to be mapped and one to be mended. */
  readonly hasSurprises: boolean;
  /** The account that the demo's owner gives a line; null leaves it unmapped. */
  readonly accountOf: (line: MappingLine, view: MappingView) => string | null;
};

const WORKSHOPS = "CAT_WORKSHOPS";
const CATERING = "CAT_CATERING";

/** What the demo café would choose where nothing is suggested, by the beginning of the line's key. */
const FALLBACKS: readonly (readonly [string, string])[] = [
  ["sales:", "Sales"], ["return:", "Returns and Refunds"], ["discount", "Discounts Given"], ["comp", "Comps"],
  ["service_charge:", "Service Charges"], ["tax:", "Sales Tax Payable"], ["tip", "Tips Payable"],
  ["gift_card_promotion", "Promotions"], ["gift_card", "Gift Cards Outstanding"], ["tender:cash", "Cash on Hand"],
  ["tender:", "Square Clearing"], ["rounding", "Rounding Differences"], ["cash_over_short", "Cash Over and Short"],
  ["paid_out:", "Petty Cash Expenses"], ["house_account_payment", "House Accounts"],
  ["payout:", "Checking"], ["fee:", "Merchant Fees"],
];

/** The demo's shops that are set up, the café first. */
export const DEMO_SHOPS: readonly DemoShop[] = [
  {
    slug: "harbour", name: "Harbour Coffee", zone: "America/New_York", ownerEmail: "owner@harbour.example", ownerName: "Mara Lindqvist",
    others: {
      "viewer@harbour.example": { name: "Ben Okafor", role: "viewer" },
      "tech@harbour.example": { name: "Ines Duarte", role: "tech" },
    },
    merchant: "MHARBOUR", realm: HARBOUR_REALM, locations: HARBOUR_LOCATIONS, hasSurprises: true,
    accountOf: (line, view) => (line.key.endsWith(WORKSHOPS) ? null : suggestedOr(line, view, line.key.endsWith(CATERING) ? CATERING_ACCOUNT : null)),
  },
  {
    slug: "lantern", name: "Lantern Books", zone: "America/Los_Angeles", ownerEmail: "owner@lantern.example", ownerName: "Tomas Reyes",
    others: {}, merchant: "MLANTERN", realm: LANTERN_REALM, locations: LANTERN_LOCATIONS, hasSurprises: false,
    accountOf: (line, view) => suggestedOr(line, view, null),
  },
];

/** A shop that nothing was set up in yet. */
const NEW_SHOP = {
  slug: "corner", name: "Corner Bakery", zone: "America/Chicago", ownerEmail: "owner@corner.example", ownerName: "Nadia Haddad", others: {},
};

/** Who runs the organisation above the demo's shops. */
export const HQ_OWNER = { email: "hq@tidewater.example", name: "Hanna Lind" };

/** Who keeps the books of several shops: admin where they post, viewer where they only look. */
export const BOOKKEEPER = { email: "books@ledgerline.example", name: "Priya Raman" };
const KEPT = { harbour: "admin", lantern: "viewer", cove: "admin", market: "admin" } as const satisfies Record<string, Role>;

/** Lets the bookkeeper in wherever they keep the books. Done twice it changes nothing. */
export async function seatBookkeeper(context: SandboxContext): Promise<void> {
  const { world, env } = context;
  if ((await findPersonByEmail(directoryDb(env), BOOKKEEPER.email)) !== null) return;
  const bookkeeper = await makePerson(context, BOOKKEEPER.email, BOOKKEEPER.name);
  for (const [slug, role] of Object.entries(KEPT)) {
    const shop = await findShopBySlug(directoryDb(env), slug);
    if (shop !== null) must(await addMember(world, env, shop.id, bookkeeper, role));
  }
}

/** Makes people and shops; false when they are there already. */
export async function makePeopleAndShops(context: SandboxContext): Promise<boolean> {
  if ((await findShopBySlug(directoryDb(context.env), "harbour")) !== null) return false;
  for (const shop of [...DEMO_SHOPS, NEW_SHOP]) await makeShop(context, shop);
  return true;
}

/** Makes one shop with its owner and further people. */
export async function makeShop(
  context: SandboxContext, shop: Pick<DemoShop, "slug" | "name" | "zone" | "ownerEmail" | "ownerName" | "others">,
): Promise<void> {
  const { world, env } = context;
  const owner = await makePerson(context, shop.ownerEmail, shop.ownerName);
  const made = must(await createShop(world, env, { slug: shop.slug, name: shop.name, zone: shop.zone, currency: "USD" }, owner));
  for (const [email, { name, role }] of Object.entries(shop.others)) {
    must(await addMember(world, env, made.id, await makePerson(context, email, name), role));
  }
}

/** Makes somebody with the demo's password. */
export async function makePerson({ world, env }: SandboxContext, email: string, name: string): Promise<PersonId> {
  const { id } = must(await createPerson(world, env, { email, name, isVerified: true }));
  await setPassword(world, env, id, PASSWORD);
  return id;
}

/** The named account, else what is suggested, else what a café would choose; null where the books have none of them. */
export function suggestedOr(line: MappingLine, view: MappingView, wanted: string | null): string | null {
  const byName = (name: string | undefined): string | null => view.accounts.find((account) => account.name === name)?.id ?? null;
  const fallback = FALLBACKS.find(([beginning]) => line.key.startsWith(beginning))?.[1];
  return byName(wanted ?? undefined) ?? line.suggestion?.account.id ?? byName(fallback);
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the demo world could not be made: ${result.failure.kind}`);
  return result.value;
}
