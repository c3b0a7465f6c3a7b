/** Asks the simulated Square as anything on the network could, with and without a token. */
import { connect, type World } from "./given";

type Asked = { readonly token?: string; readonly body?: unknown; readonly method?: string; readonly headers?: Readonly<Record<string, string>> };

/** Status and JSON. */
export type Answer = readonly [number, Readonly<Record<string, unknown>>];

/** Asks the simulator as anything on the network could; answers status and JSON. */
export async function ask(world: World, path: string, { token, body, method, headers = {} }: Asked = {}): Promise<Answer> {
  const authorization: Readonly<Record<string, string>> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await world.app.request(path, {
    method: method ?? (body === undefined ? "GET" : "POST"), headers: { ...authorization, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return [answer.status, await answer.json()];
}

/** Status and first code of a refusal. */
export async function codeOf(answer: Promise<Answer>): Promise<string> {
  const [status, body] = await answer;
  const [first] = (body.errors ?? [{}]) as readonly { readonly code?: string }[];
  return `${status} ${first?.code ?? "no error"}`;
}

/** A fresh access token of a merchant. */
export async function tokenOf(world: World, merchant = "MERCHANT_A"): Promise<string> {
  return (await connect(world, merchant)).tokens.accessToken;
}
