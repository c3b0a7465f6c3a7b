/** Three ways to the same small answer in one Worker: a bare route, one behind the guard, one behind Better-Auth's session check. */
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { Hono } from "hono";
import { systemClock, systemRandom } from "../../src/kernel/clock";
import { createPerson } from "../../src/features/people/service";
import { createShop } from "../../src/features/shops/service";
import { createIdentify } from "../../src/features/sessions/identify";
import { guard, type ShopEnv } from "../../src/http/guard";
import type { Bindings } from "../../src/platform/env";
import { hashOf, newId, newSecret } from "../../src/kernel/ids";
import { createLog } from "../../src/platform/log";
import type { World } from "../../src/platform/world";

const world: World = { transport: () => fetch, clock: systemClock, random: systemRandom, log: createLog(() => undefined, systemClock) };
const HOST = "harbour.localhost:8787";
const identify = createIdentify(world);

/** Better-Auth calls its tables by names of ours: its own stand in a database of their own, of the same kind. */
function peer(env: Bindings) {
  return betterAuth({ database: env.SHARD_1, secret: "a secret of the bench alone, of 32 bytes", baseURL: `http://${HOST}`, emailAndPassword: { enabled: true }, telemetry: { enabled: false } });
}

let known: ReturnType<typeof peer> | undefined;

const app = new Hono<ShopEnv>()
  .use(async (c, next) => {
    c.set("world", world);
    c.set("identify", identify);
    await next();
  })
  .get("/ready", (c) => c.text("ready"))
  .get("/bare", (c) => c.json({ isIn: true }))
  .get("/guarded", guard("shop.read"), (c) => c.json({ isIn: true }))
  .get("/peer", async (c) => {
    known ??= peer(c.env);
    const session = await known.api.getSession({ headers: c.req.raw.headers });
    return session === null ? c.json({ isIn: false }, 401) : c.json({ isIn: true });
  })
  .get("/set-up", async (c) => c.json({ ours: await enterShop(c.env), theirs: await enterPeer(c.env) }));

/** A shop, its owner, and the cookie of a session on its host. */
async function enterShop(env: Bindings): Promise<string> {
  const owner = await createPerson(world, env, { email: "owner@harbour.example", name: "Owner" });
  if (!owner.ok) throw new Error("the owner could not be made");
  const shop = await createShop(world, env, { slug: "harbour", name: "Harbour", zone: "America/New_York", currency: "USD" }, owner.value.id);
  if (!shop.ok) throw new Error("the shop could not be made");
  const [id, siteId, secret, now] = [newId(systemRandom), newId(systemRandom), newSecret(systemRandom), systemClock()];
  await env.DIRECTORY.batch([
    env.DIRECTORY.prepare(`INSERT INTO session (id, person_id, secret_hash, state, factors, proved_at, device, address, place, created_at, last_used_at, expires_at)
      VALUES (?1, ?2, ?3, 'open', '["password"]', ?4, '', '', '', ?4, ?4, ?5)`).bind(id, owner.value.id, await hashOf(secret), now, now + 86_400_000),
    env.DIRECTORY.prepare("INSERT INTO site_session (id, session_id, shop_id, host, secret_hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
      .bind(siteId, id, shop.value.id, HOST, await hashOf(secret), now, now + 86_400_000),
  ]);
  return `__Host-daybook=${siteId}.${secret}`;
}

/** The peer's own tables beside ours, and the cookie of its own sign-up. */
async function enterPeer(env: Bindings): Promise<string> {
  const auth = peer(env);
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  const { headers } = await auth.api.signUpEmail({ body: { email: "owner@harbour.example", name: "Owner", password: "correct horse battery staple" }, returnHeaders: true });
  return headers.getSetCookie().map((line) => line.slice(0, line.indexOf(";"))).join("; ");
}

export default app;
