/** A shop whose till is files: the whole app in front, a queue in the test's hand, and people in browsers. */
import { env as runtime } from "cloudflare:workers";
import type { ConnectionsView } from "../../../src/features/connections/contract";
import type { DayView } from "../../../src/features/days/contract";
import type { DropView, FilesView, UploadAnswer } from "../../../src/features/files/contract";
import { createPerson } from "../../../src/features/people/service";
import type { ShopCard } from "../../../src/http/guard";
import { createJobs } from "../../../src/jobs";
import { systemRandom } from "../../../src/kernel/clock";
import { newId } from "../../../src/kernel/ids";
import type { Role } from "../../../src/kernel/roles";
import type { Bindings } from "../../../src/platform/env";
import { createLog } from "../../../src/platform/log";
import type { World } from "../../../src/platform/world";
import { createBrowser, originOf, type Browser } from "../../support/app";
import { givenMember, givenShop, must, signIn } from "../../support/people";
import { createQueue } from "../../support/queue";

/** Wednesday, 15 July 2026, 9 in the morning in New York: the 14th has closed and settled. */
const NOW = Date.UTC(2026, 6, 15, 13);

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Two new shops; each has an owner. */
export async function openHouse() {
  let now = NOW;
  const logs: string[] = [];
  const clock = () => now;
  const queue = createQueue(clock);
  const world: World = { transport: () => () => Promise.reject(new Error("a till of files calls nobody")), clock, random: systemRandom, log: createLog((line) => logs.push(line), clock) };
  const env: Bindings = { ...runtime, SYNC_QUEUE: queue.binding, MAIL_QUEUE: queue.binding };
  const jobs = createJobs(world, { spreadSeconds: 0, spacesBackfills: false, wait: () => Promise.resolve() });
  const newShop = async (slug: string) => {
    const landlord = must(await createPerson(world, env, { name: "Land Lord", email: `${newId(systemRandom)}@example.com` }));
    return await givenShop(world, `${slug}-${newId(systemRandom).slice(0, 8)}`, landlord);
  };
  const someone = async (shop: ShopCard, role: Role): Promise<Desk> => {
    const person = must(await createPerson(world, env, { name: "Ada Okafor", email: `${newId(systemRandom)}@example.com` }));
    await givenMember(world, shop, person, role);
    const browser = createBrowser(world, env);
    await signIn(world, browser, person);
    await browser.open(`${originOf(shop.slug)}/enter/start`);
    return deskOf(browser, shop);
  };
  return {
    world, env, queue, logs, harbour: await newShop("harbour"), lantern: await newShop("lantern"), someone,
    pass: (milliseconds: number) => void (now += milliseconds),
    /** Cron comes by, and what it planned is done. */
    night: async () => {
      await jobs.scheduled(env);
      while ((await queue.deliver(jobs.queue, env)) > 0);
    },
    /** Delivers what waits; a day of files is done at its first delivery. */
    work: async () => {
      while ((await queue.deliver(jobs.queue, env)) > 0);
    },
  };
}

/** What a person does at their desk. Every call fails the test where the app refuses, but for `send` and `upload`. */
export type Desk = ReturnType<typeof deskOf>;

function deskOf(browser: Browser, shop: ShopCard) {
  const url = (path: string) => `${originOf(shop.slug)}/api${path}`;
  const send = async (method: string, path: string, body?: unknown) => await browser.api(method, url(path), body === undefined ? {} : { body });
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await send(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  };
  const upload = async (content: string | Uint8Array, query: Readonly<Record<string, string>> = {}, headers: Readonly<Record<string, string | null>> = {}) => (
    await browser.api("POST", url(`/files?${new URLSearchParams({ name: "export.csv", ...query }).toString()}`), { body: content, headers: { "content-type": "text/csv", ...headers } })
  );
  const drop = async (content: string | Uint8Array, query: Readonly<Record<string, string>> = {}): Promise<UploadAnswer> => {
    const response = await upload(content, query);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return await response.json();
  };
  return {
    shop, send, call, upload, drop,
    dropped: async (content: string | Uint8Array, query: Readonly<Record<string, string>> = {}): Promise<DropView> => {
      const answer = await drop(content, query);
      if (answer.kind !== "dropped") throw new Error(JSON.stringify(answer));
      return answer.drop;
    },
    files: async () => await call<FilesView>("GET", "/files"),
    day: async (location: string, date: string) => await call<DayView>("GET", `/days/${location}/${date}`),
    /** Connects files and adds locations, chosen from a date; answers their ids by name. */
    open: async (names: readonly string[], { cutOffMinutes = 0, zone = "America/New_York", startsOn = "2026-07-01" } = {}): Promise<Record<string, string>> => {
      await call("POST", "/connections", { provider: "file" });
      const { connections } = await call<ConnectionsView>("GET", "/connections");
      const ids: Record<string, string> = {};
      for (const name of names) {
        const { id } = await call<{ readonly id: string }>("POST", "/locations", { connection: connections[0]?.id, name, zone });
        await call("PUT", `/locations/${id}`, { startsOn, cutOffMinutes });
        ids[name] = id;
      }
      return ids;
    },
  };
}
