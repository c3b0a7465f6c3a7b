/** Lets the simulated providers tell Daybook of a change: once, several times, or never, and of something long past. */
import { newId } from "../kernel/ids";
import { Hono } from "hono";
import { z } from "zod";
import { quickbooksHook } from "../providers/quickbooks/simulator-webhook";
import { squareHook } from "../providers/square/simulator-webhook";
import type { SandboxContext } from "./context";
import { simulatorsOf } from "./transport";

/** `times`: how often the one event is sent; 0 = it is lost on the way. `ago`: how long before now it happened, in seconds. */
const sending = { times: z.int().min(0).max(20).default(1), ago: z.int().min(0).default(0) };

const squareNews = z.strictObject({
  ...sending, kind: z.enum(["payment.updated", "refund.created", "gift_card.activity.created", "oauth.authorization.revoked"]), merchantId: z.string(), locationId: z.string().default(""),
});
const quickbooksNews = z.strictObject({
  ...sending, form: z.enum(["old", "cloud"]).default("cloud"), realm: z.string(), entity: z.enum(["JournalEntry", "SalesReceipt"]).default("JournalEntry"),
  id: z.string(), operation: z.enum(["Create", "Update", "Delete", "Void"]),
});

/** Carries what the simulated post has to tell, and what readers' mail programs do, to Daybook. Retries are carried when they are due. */
export async function carryPost({ env, handle }: Pick<SandboxContext, "env" | "handle">): Promise<void> {
  const simulators = simulatorsOf(env);
  for (const knock of await simulators.takeKnocks()) {
    const { status } = await handle(new Request(knock.url, { method: "POST", headers: knock.headers, body: knock.body }));
    await simulators.knocked(knock, status);
  }
}

/** `POST /__sandbox/hooks/square` and `/quickbooks`; answers the statuses that Daybook answered with. */
export function hookControls({ config, world, handle }: SandboxContext): Hono {
  const address = (provider: string) => `${config.scheme}://${config.domain}/hooks/${provider}`;
  const keyOf = (provider: string) => config.hookKeys.get(provider) ?? "";
  const sendAll = async (times: number, make: (retry: number) => Promise<Request>): Promise<readonly number[]> => {
    const statuses: number[] = [];
    for (let retry = 0; retry < times; retry += 1) statuses.push((await handle(await make(retry))).status);
    return statuses;
  };
  return new Hono()
    .post("/square", async (c) => {
      const { times, ago, ...news } = squareNews.parse(await c.req.json());
      const event = { ...news, at: world.clock() - ago * 1_000, eventId: newId(world.random) };
      return c.json({ statuses: await sendAll(times, (retry) => squareHook({ ...event, retry }, keyOf("square"), address("square"))) });
    })
    .post("/quickbooks", async (c) => {
      const { times, ago, ...news } = quickbooksNews.parse(await c.req.json());
      const event = { ...news, at: world.clock() - ago * 1_000, eventId: newId(world.random) };
      return c.json({ statuses: await sendAll(times, () => quickbooksHook(event, keyOf("quickbooks"), address("quickbooks"))) });
    });
}
