/** The shop as its own web app sees it. */
import { z } from "zod";
import { PERMISSIONS, ROLES } from "../../kernel/roles";

export const shopView = z.strictObject({
  name: z.string(),
  slug: z.string(),
  zone: z.string(),
  currency: z.string(),
  person: z.strictObject({ name: z.string(), email: z.string() }),
  role: z.enum(ROLES),
  permissions: z.array(z.enum(PERMISSIONS as [(typeof PERMISSIONS)[number], ...(typeof PERMISSIONS)[number][]])),
  /** Where to sign in, out and switch shops. */
  authUrl: z.string(),
});
export type ShopView = z.infer<typeof shopView>;
