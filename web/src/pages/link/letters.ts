/** Which letter a link is from: `/link#<purpose>.<proof>`. What stands behind the `#` never leaves the browser by itself. */
const PURPOSES = ["sign_in", "sign_up", "verify", "change_address", "reset_password"] as const;
export type Purpose = (typeof PURPOSES)[number];
export type LetterLink = { readonly purpose: Purpose; readonly token: string };

/** Reads a fragment with or without its `#`; null for one that is no letter's, or was cut off on the way. */
export function letterLink(fragment: string): LetterLink | null {
  const [, found, token] = /^#?([a-z_]+)\.([a-z2-7]{26}\.[\w-]{43})$/.exec(fragment) ?? [];
  const purpose = PURPOSES.find((one) => one === found);
  return purpose === undefined || token === undefined ? null : { purpose, token };
}
