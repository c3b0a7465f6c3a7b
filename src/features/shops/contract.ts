/** The shop as its own web app sees it. */
import { z } from "zod";
import { HQ_ROLES, PERMISSIONS, ROLES } from "../../kernel/roles";

export const shopView = z.strictObject({
  name: z.string(),
  slug: z.string(),
  zone: z.string(),
  currency: z.string(),
  person: z.strictObject({ name: z.string(), email: z.string() }),
  role: z.enum(ROLES),
  permissions: z.array(z.enum(PERMISSIONS as [(typeof PERMISSIONS)[number], ...(typeof PERMISSIONS)[number][]])),
  /** Whether it asks everybody for a second factor. */
  requiresSecondFactor: z.boolean(),
  /** Where to sign in, out and switch shops. */
  authUrl: z.string(),
});
export type ShopView = z.infer<typeof shopView>;

/** Longer than any name that a shop can have, so that the refusal says why. */
export const addressChange = z.strictObject({ slug: z.string().trim().max(100) });
/** The shop's first page at its new address: the old one is nobody's any more. */
export const addressChanged = z.strictObject({ url: z.string() });
export const nameChange = z.strictObject({ name: z.string().trim().min(1, "Enter the shop's name.").max(100) });
export const secondFactorChange = z.strictObject({ required: z.boolean() });
/** Nothing to say but that it was done. */
export const done = z.strictObject({});

/** Where else the person belongs, by name; `url` is each one's first page. */
export const switcherView = z.strictObject({
  shops: z.array(z.strictObject({ slug: z.string(), name: z.string(), role: z.enum(ROLES), url: z.string() })),
  organisations: z.array(z.strictObject({ slug: z.string(), name: z.string(), role: z.enum(HQ_ROLES), url: z.string() })),
});
export type SwitcherView = z.infer<typeof switcherView>;
