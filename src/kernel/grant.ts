/** What an OAuth authorization or refresh brings. Instants are epoch milliseconds. Never stored or logged unsealed. */
export type TokenSet = {
  readonly accessToken: string;
  readonly accessExpiresAt: number;
  readonly refreshToken: string;
  /** Null where the provider does not say, or the token does not expire. */
  readonly refreshExpiresAt: number | null;
  readonly scopes: readonly string[];
  /** The provider's installation that issued it, where it keeps several apart. */
  readonly region?: string;
};
