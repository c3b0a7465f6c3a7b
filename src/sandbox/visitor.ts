/** A browser without a screen: cookies per host, redirects followed across Daybook's hosts and the simulators' pages. */

export type Handle = (request: Request) => Promise<Response>;

/** A page or answer that was reached, with the address it was reached at. */
export type Arrival = { readonly url: URL; readonly status: number; readonly text: string };

const MOST_REDIRECTS = 12;

/** Goes through the whole worker as a browser would; nothing is reached behind its back. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(readonly handle: Handle) {}

  /** The cookies kept for a host, by name. */
  cookies(host: string): Map<string, string> {
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    return jar;
  }

  /** Opens a page, following redirects. */
  async open(url: URL | string): Promise<Arrival> {
    return await this.#follow(new URL(url), { method: "GET", headers: { "sec-fetch-site": "none", "sec-fetch-mode": "navigate", accept: "text/html" } });
  }

  /** Submits a form of the page at `url`, following redirects. Fields as pairs where a name comes more than once. */
  async submit(url: URL, fields: Readonly<Record<string, string>> | readonly (readonly [string, string])[]): Promise<Arrival> {
    const pairs = Array.isArray(fields) ? fields : Object.entries(fields);
    const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", origin: url.origin };
    return await this.#follow(url, { method: "POST", headers, body: new URLSearchParams(pairs).toString() });
  }

  /** Calls the API of a host with JSON; throws with the answer's own words where it is not a success. */
  async call<T>(method: "GET" | "POST" | "PUT", url: string, body?: unknown): Promise<T> {
    const target = new URL(url);
    const headers = { "sec-fetch-site": "same-origin", origin: target.origin, ...(body === undefined ? {} : { "content-type": "application/json" }) };
    const response = await this.send(target, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text) as T;
  }

  async #follow(url: URL, init: RequestInit): Promise<Arrival> {
    let target = url;
    let response = await this.send(target, init);
    for (let step = 0; step < MOST_REDIRECTS; step += 1) {
      const next = response.headers.get("location");
      if (next === null) return { url: target, status: response.status, text: await response.text() };
      target = new URL(next, target);
      response = await this.send(target, { method: "GET", headers: { "sec-fetch-mode": "navigate", accept: "text/html" } });
    }
    throw new Error(`more than ${MOST_REDIRECTS} redirects, the last to ${target.origin}${target.pathname}`);
  }

  /** Sends one request with the host's cookies and keeps what the answer sets; follows nothing. */
  async send(url: URL, init: RequestInit): Promise<Response> {
    const jar = this.cookies(url.host);
    const headers = new Headers(init.headers);
    headers.set("host", url.host);
    if (jar.size > 0) headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await this.handle(new Request(url, { ...init, headers, redirect: "manual" }));
    for (const line of response.headers.getSetCookie()) keep(jar, line);
    return response;
  }
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = "", ...attributes] = line.split(";");
  const at = pair.indexOf("=");
  const name = pair.slice(0, at).trim();
  const isGone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute)) || pair.slice(at + 1) === "";
  if (isGone) jar.delete(name);
  else jar.set(name, pair.slice(at + 1).trim());
}
