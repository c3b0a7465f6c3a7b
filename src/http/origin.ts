/** From where a request came, as audit lines, session lists and letters say it. Cloudflare's own word, never a client's. */

export type Origin = {
  /** The client's address as Cloudflare saw it (`CF-Connecting-IP`); empty where there is none, as on one's own machine. */
  readonly address: string;
  /** "Lisbon, PT", or empty. */
  readonly place: string;
  /** What the browser calls itself, at most 200 characters. */
  readonly device: string;
};

/** Reads where a request came from. `X-Forwarded-For` is never looked at: anybody can write it. */
export function originOfRequest(request: Request): Origin {
  const { city, country } = (request as { readonly cf?: { readonly city?: string; readonly country?: string } }).cf ?? {};
  return {
    address: (request.headers.get("cf-connecting-ip") ?? "").slice(0, 45),
    place: [city, country].filter((part) => part !== undefined).join(", ").slice(0, 100),
    device: (request.headers.get("user-agent") ?? "").slice(0, 200),
  };
}
