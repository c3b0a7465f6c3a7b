import { describe, expect, it } from "vitest";
import { parseCloverHook, possibleAccounts } from "../../../src/providers/clover";
import { handshakeOf } from "../../../src/providers/clover/simulator-hooks";
import { givenClover, IRISH, MERCHANT } from "./given";
import { sale } from "./sales";

const SECRET = "5b2f0c1e-9d3a-4f6b-8c7d-0e1f2a3b4c5d";
const APP = "DRKVJT2ZRRRSC";
const at = 1_537_970_958_000;

function message(merchants: unknown, secret = SECRET): ReturnType<typeof parseCloverHook> {
  return parseCloverHook(new Headers({ "x-clover-auth": secret }), JSON.stringify({ appId: APP, merchants }), SECRET);
}

describe("a message of Clover's", () => {
  it("is a handshake when it only brings a code, before there is a secret", () => {
    const { headers, body } = handshakeOf("ce7643c1-83ea-4218-abe6-da876c9c7a0a");
    expect(parseCloverHook(headers, body, "")).toEqual({ kind: "handshake", code: "ce7643c1-83ea-4218-abe6-da876c9c7a0a" });
  });

  it("is hints about several merchants and things", () => {
    const merchants = {
      [MERCHANT]: [{ objectId: "O:GHIVJT2ABCRSC", type: "CREATE", ts: at }, { objectId: "P:X1", type: "UPDATE", ts: at }],
      [IRISH]: [{ objectId: "IC:CATC0FFEE0001", type: "DELETE", ts: at }, { objectId: "ZZ:1", type: "UPDATE", ts: at }],
    };
    expect(message(merchants)).toEqual({ kind: "hints", hints: [
      { account: MERCHANT, kind: "order", objectId: "GHIVJT2ABCRSC", change: "created", at }, { account: MERCHANT, kind: "payment", objectId: "X1", change: "updated", at },
      { account: IRISH, kind: "category", objectId: "CATC0FFEE0001", change: "deleted", at }, { account: IRISH, kind: "other", objectId: "1", change: "updated", at },
    ] });
    expect(possibleAccounts(MERCHANT)).toEqual([`na.${MERCHANT}`, `eu.${MERCHANT}`, `la.${MERCHANT}`]);
  });

  it.each([["another secret", "0".repeat(36)], ["no secret", ""], ["a part of it", SECRET.slice(0, 35)]])("is refused with %s", (_, secret) => {
    expect(message({}, secret)).toEqual({ kind: "refused", reason: "wrong_secret" });
  });

  it("is refused while no secret is set, whatever it brings", () => {
    expect(parseCloverHook(new Headers({ "x-clover-auth": "" }), JSON.stringify({ merchants: {} }), "")).toEqual({ kind: "refused", reason: "wrong_secret" });
  });

  it.each([
    ["no JSON", "<xml>"], ["a list", "[]"], ["no merchants", "{}"], ["a merchant that is none", JSON.stringify({ merchants: { "../x": [] } })],
    ["events that are none", JSON.stringify({ merchants: { [MERCHANT]: {} } })], ["an event without an object", JSON.stringify({ merchants: { [MERCHANT]: [{ type: "UPDATE", ts: at }] } })],
    ["a time that is none", JSON.stringify({ merchants: { [MERCHANT]: [{ objectId: "O:1", type: "UPDATE", ts: "now" }] } })],
    ["too much", JSON.stringify({ merchants: { [MERCHANT]: Array.from({ length: 1_001 }, () => ({ objectId: "O:1", type: "UPDATE", ts: at })) } })],
  ])("is unreadable with %s", (_, body) => {
    expect(parseCloverHook(new Headers({ "x-clover-auth": SECRET }), body, SECRET)).toEqual({ kind: "refused", reason: "unreadable" });
  });
});

describe("the simulator's messages", () => {
  it("tell of what changed, in batches that are lost and doubled as told, and of nothing twice", () => {
    const world = givenClover();
    world.control.put(MERCHANT, sale());
    world.control.put(IRISH, sale());
    const messages = world.control.hooks({ appId: APP, secret: SECRET, eventsAMessage: 2, doubles: (index) => index === 0 });
    const read = messages.map(({ headers, body }) => parseCloverHook(headers, body, SECRET));
    expect(read.map((one) => (one.kind === "hints" ? one.hints.map(({ account, kind }) => `${kind} of ${account}`) : one.kind))).toEqual([
      [`order of ${MERCHANT}`, `payment of ${MERCHANT}`], [`order of ${MERCHANT}`, `payment of ${MERCHANT}`], [`order of ${IRISH}`, `payment of ${IRISH}`],
    ]);
    world.control.put(MERCHANT, sale());
    expect(world.control.hooks({ appId: APP, secret: SECRET, loses: () => true })).toEqual([]);
    expect(world.control.hooks({ appId: APP, secret: SECRET })).toEqual([]);
  });
});
