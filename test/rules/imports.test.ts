/** Reads every import and fails on an arrow that the house does not allow, or when it finds no arrows at all. */
import { describe, expect, it } from "vitest";
import { arrowsOf, codeBelow, type Arrow } from "./sources";

const arrows = codeBelow("src", "web").flatMap(arrowsOf);
const ours = arrows.filter((arrow) => arrow.isOurs);

type Room = "kernel" | "ledger" | "providers" | "provider" | "platform" | "http" | "feature" | "assembly" | "sandbox" | "web" | "nowhere";

function roomOf(file: string): Room {
  const [top, first, second, third] = file.split("/");
  if (top === "web") return "web";
  if (top !== "src" || first === undefined) return "nowhere";
  if (second === undefined) return "assembly";
  if (first === "providers") return third === undefined ? "providers" : "provider";
  if (first === "features") return "feature";
  const rooms: readonly Room[] = ["kernel", "ledger", "platform", "http", "sandbox"];
  return rooms.find((room) => room === first) ?? "nowhere";
}

/** `src/providers/square/wire` → `square`; `src/features/days/store` → `days`. */
const partOf = (file: string) => file.split("/")[2] ?? "";
const nameOf = (file: string) => (file.split("/").at(-1) ?? "").replace(/\.\w+$/, "");
const isSimulator = (file: string) => nameOf(file).startsWith("simulator");

const EVERYTHING: readonly Room[] = ["kernel", "ledger", "providers", "provider", "platform", "http", "feature", "assembly", "sandbox"];

/** The rooms that each room may look into; what is finer than rooms follows below. */
const ROOMS: Readonly<Record<Room, readonly Room[]>> = {
  kernel: ["kernel"],
  ledger: ["kernel", "ledger"],
  providers: ["kernel", "ledger", "providers", "provider"],
  provider: ["kernel", "ledger", "providers", "provider"],
  platform: ["kernel", "platform", "feature"],
  http: ["kernel", "platform", "http"],
  feature: ["kernel", "ledger", "platform", "http", "providers", "feature"],
  assembly: ["kernel", "platform", "http", "feature", "assembly"],
  sandbox: EVERYTHING,
  web: ["kernel", "feature", "assembly", "web"],
  nowhere: [],
};

/** Why an arrow is not allowed, or null. */
function objectionTo({ from, to }: Arrow): string | null {
  const [source, target] = [roomOf(from), roomOf(to)];
  if (!ROOMS[source].includes(target)) return `${source} may not look into ${target}`;
  if (source === "sandbox") return null;
  if (isSimulator(to) && !isSimulator(from)) return "simulators are for the sandbox and tests";
  if (nameOf(to) === "table" && target === "feature") return objectionToTable(from, to);
  if (source === "feature") return objectionToFeature(from, to);
  if (source === "platform" && target === "feature") return "platform knows no feature";
  if (source === "providers" && target === "provider" && nameOf(from) !== "registry") return "only the registry lists providers";
  if (source === "provider") return objectionToProvider(from, to);
  if (source === "web" && target === "feature" && nameOf(to) !== "contract") return "the web app knows contracts only";
  if (source === "web" && target === "assembly" && to !== "src/app") return "the web app knows the type of app.ts only";
  return null;
}

function objectionToTable(from: string, to: string): string | null {
  const isOwnStore = partOf(from) === partOf(to) && nameOf(from) === "store";
  return isOwnStore || from === "src/platform/tables.ts" ? null : "a table is its own store's and platform/tables.ts's";
}

function objectionToFeature(from: string, to: string): string | null {
  if (roomOf(to) === "providers" && nameOf(to) !== "registry") return "features reach providers through the registry";
  if (roomOf(to) !== "feature" || partOf(from) === partOf(to)) return null;
  return ["service", "contract"].includes(nameOf(to)) ? null : "another feature is reached through its service or contract";
}

function objectionToProvider(from: string, to: string): string | null {
  if (roomOf(to) === "provider") return partOf(from) === partOf(to) ? null : "a provider knows no other provider";
  if (roomOf(to) !== "providers" || isSimulator(from)) return null;
  return ["contract", "send", "oauth", "signature"].includes(nameOf(to)) ? null : "a provider sees its contract and its way out only";
}

describe("the walls of the house", () => {
  it("are read: there are arrows out of every room", () => {
    const rooms = new Set(ours.map((arrow) => roomOf(arrow.from)));
    expect([...rooms].toSorted()).toEqual(["assembly", "feature", "http", "ledger", "kernel", "platform", "provider", "providers", "sandbox", "web"].toSorted());
    expect(ours.length).toBeGreaterThan(200);
  });

  it("let through no arrow that they should not", () => {
    const wrong = ours.map((arrow) => ({ ...arrow, why: objectionTo(arrow) })).filter(({ why }) => why !== null);
    expect(wrong.map(({ from, to, why }) => `${from} -> ${to}: ${why}`)).toEqual([]);
  });

  it("would stop these", () => {
    const tried: readonly (readonly [string, string])[] = [
      ["src/kernel/money.ts", "src/ledger/entry"],
      ["src/ledger/entry.ts", "src/platform/env"],
      ["src/providers/square/client.ts", "src/platform/env"],
      ["src/providers/square/client.ts", "src/providers/quickbooks/client"],
      ["src/providers/square/client.ts", "src/providers/registry"],
      ["src/providers/square/client.ts", "src/providers/square/simulator"],
      ["src/platform/once.ts", "src/http/guard"],
      ["src/platform/once.ts", "src/features/days/store"],
      ["src/platform/once.ts", "src/features/days/table"],
      ["src/http/guard.ts", "src/features/days/service"],
      ["src/features/days/service.ts", "src/features/days/table"],
      ["src/features/days/service.ts", "src/features/sync/store"],
      ["src/features/days/service.ts", "src/providers/square/index"],
      ["src/app.ts", "src/sandbox/worker"],
      ["src/worker.ts", "src/providers/square/simulator"],
      ["web/src/api.ts", "src/features/days/service"],
      ["web/src/api.ts", "src/platform/env"],
    ];
    for (const [from, to] of tried) expect(objectionTo({ from, to, isOurs: true, names: [] }), `${from} -> ${to}`).not.toBeNull();
  });

  it("keep contracts fit for a browser: zod, the pure rooms and other contracts only", () => {
    const wrong = arrows.filter(({ from }) => /^src\/features\/[^/]+\/contract\.ts$/.test(from)).filter(({ to, isOurs }) => (
      isOurs ? !["kernel", "ledger"].includes(roomOf(to)) && nameOf(to) !== "contract" : to !== "zod"
    ));
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("keep the pure rooms free of the platform's own modules", () => {
    const pure = arrows.filter(({ from }) => ["kernel", "ledger", "providers", "provider"].includes(roomOf(from)) && !isSimulator(from));
    expect(pure.filter(({ to }) => /^(?:cloudflare:|node:|hono|drizzle)/.test(to)).map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("give arctic to one file, since its author retired it", () => {
    expect(new Set(arrows.filter(({ to }) => to === "arctic").map(({ from }) => from))).toEqual(new Set(["src/providers/oauth.ts"]));
  });

  it("have no circle of features", () => {
    const edges = ours.filter(({ from, to }) => roomOf(from) === "feature" && roomOf(to) === "feature" && partOf(from) !== partOf(to))
      .filter(({ to }) => nameOf(to) !== "contract").map(({ from, to }) => [partOf(from), partOf(to)] as const);
    const reaches = (start: string, goal: string, seen: ReadonlySet<string>): boolean => edges.some(([one, other]) => (
      one === start && (other === goal || (!seen.has(other) && reaches(other, goal, new Set([...seen, other]))))
    ));
    expect([...new Set(edges.map(([one]) => one))].filter((feature) => reaches(feature, feature, new Set()))).toEqual([]);
  });
});

describe("the key to a shop's rows", () => {
  it("is in the hands of the HTTP guard, the signed links, the door for texts, the jobs, the lane, the sequencer and whoever says stop only", () => {
    const holders = arrows.filter(({ names }) => names.includes("openShopDb")).map(({ from }) => from).filter((from) => roomOf(from) !== "sandbox");
    expect([...new Set(holders)].toSorted()).toEqual([
      "src/app.ts", "src/features/inbound/door.ts", "src/http/guard.ts", "src/http/signed-link.ts", "src/jobs.ts", "src/platform/lane.ts", "src/platform/sequencer.ts",
    ]);
  });

  it("cannot be copied: drizzle is opened in one file, and rows across shops are swept by the planners alone", () => {
    const opened = arrows.filter(({ to, names }) => to === "drizzle-orm/d1" && names.includes("drizzle")).map(({ from }) => from);
    expect(opened).toEqual(["src/platform/orm.ts"]);
    const sweepers = arrows.filter(({ to, from }) => to === "src/platform/sweep" && roomOf(from) !== "sandbox").map(({ from }) => from);
    expect(new Set(sweepers)).toEqual(new Set(["src/features/audit/checkpoints.ts", "src/features/broadcasts/jobs.ts", "src/features/contacts/jobs.ts", "src/features/documents/jobs.ts", "src/features/messages/jobs.ts", "src/features/sync/planner.ts"]));
    const guarded = arrows.filter(({ names }) => names.some((name) => ["guardDatabase", "createOrm"].includes(name))).map(({ from }) => from);
    expect(new Set(guarded)).toEqual(new Set(["src/platform/database.ts"]));
  });
});
