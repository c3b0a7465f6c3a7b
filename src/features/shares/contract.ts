/** Links to documents as the web app sees them. Instants are epoch milliseconds. */
import { z } from "zod";
import { id } from "../connections/contract";
import { printable } from "../documents/contract";

export const DISPOSITIONS = ["inline", "attachment"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** What came of a link: its page was looked at, the document was taken by its button, bytes were sent, a certificate was checked. */
export const USES = ["looked", "taken", "downloaded", "verified"] as const;
export type UseAct = (typeof USES)[number];

/** The longest life of a share. */
export const LONGEST_SHARE_DAYS = 30;

/** A link for whoever is signed in here, for some minutes. */
export const linkRequest = z.strictObject({ disposition: z.enum(DISPOSITIONS) });
export type LinkRequest = z.infer<typeof linkRequest>;
export const linkAnswer = z.strictObject({ url: z.string(), expiresAt: z.number().int() });
export type LinkAnswer = z.infer<typeof linkAnswer>;

/** A link for somebody outside. `recipient`: for whom, in the shop's own words; empty where nobody says. */
export const shareRequest = z.strictObject({
  recipient: printable(120),
  disposition: z.enum(DISPOSITIONS),
  days: z.number().int().min(1).max(LONGEST_SHARE_DAYS),
  isOnce: z.boolean(),
  passphrase: z.string().min(6).max(72).nullable(),
});
export type ShareRequest = z.infer<typeof shareRequest>;

export const SHARE_STATES = ["live", "taken", "expired", "revoked", "void"] as const;
export const shareView = z.strictObject({
  id,
  recipient: z.string(),
  disposition: z.enum(DISPOSITIONS),
  isOnce: z.boolean(),
  hasPassphrase: z.boolean(),
  /** `void`: the document's content is another by now, or every link of the document or the shop was taken back. */
  state: z.enum(SHARE_STATES),
  createdBy: z.string(),
  createdAt: z.number().int(),
  expiresAt: z.number().int(),
  takenCount: z.number().int(),
  takenAt: z.number().int().nullable(),
  /** The link itself while it is live; null afterwards. */
  url: z.string().nullable(),
});
export type ShareView = z.infer<typeof shareView>;

export const useView = z.strictObject({
  at: z.number().int(),
  act: z.enum(USES),
  /** For whom the link was, "You" and names for the team's own; empty for a share without one. */
  who: z.string(),
  share: id.nullable(),
  place: z.string(),
  device: z.string(),
});
export type UseView = z.infer<typeof useView>;
export const sharesView = z.strictObject({ shares: z.array(shareView), uses: z.array(useView) });
export type SharesView = z.infer<typeof sharesView>;
export const shareAnswer = z.strictObject({ share: shareView });
export type ShareAnswer = z.infer<typeof shareAnswer>;
export const sharePath = z.strictObject({ document: id, share: id });
export const linksVoided = z.strictObject({ voidedAt: z.number().int() });
export type LinksVoided = z.infer<typeof linksVoided>;
export const noMore = z.strictObject({});
