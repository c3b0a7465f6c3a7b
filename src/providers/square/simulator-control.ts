/** The hands behind the curtain: what tests call directly and the sandbox calls under `/__sim/`. */
import { Hono } from "hono";
import { z } from "zod";
import { json } from "./simulator-answer";
import { expectedCashOf } from "./simulator-drawers";
import { revokeMerchant } from "./simulator-oauth";
import { orderById } from "./simulator-sales";
import { emptyState, type Fault, type JournalLine, type DrawerShift, type GiftCardIncrease, type PayoutChange, type Simulation, type SimulatorState } from "./simulator-state";
import type { CatalogObject, Order, PaymentRefund, Tender } from "./simulator-wire";

export type SimulatorControl = {
  /** Lets the next calls go wrong: one call to any path unless said otherwise. */
  fault(fault: Partial<Fault> & Pick<Fault, "kind">): void;
  clearFaults(): void;
  /** Every answer waits this long. */
  latency(milliseconds: number): void;
  settings(settings: Partial<Pick<SimulatorState, "speaksOldErrors" | "catalogueHidesExpiry">>): void;
  /** Adds an order that was not there before, such as an offline sale that arrives late, or replaces one. */
  putOrder(order: Order): void;
  removeOrder(orderId: string): void;
  /** Changes the tip on an order's first tender, as a merchant does before closing out. */
  adjustTip(orderId: string, tipMinor: number): void;
  putRefund(refund: PaymentRefund): void;
  /** Lets a payout fail, be held, sent late, or carry more than sales and refunds; what was said before of it stays. */
  changePayout(id: string, change: Partial<Omit<PayoutChange, "version">>): void;
  /** Opens, ends or counts a drawer: a shift that was not there before, or one in place of it. */
  putDrawer(shift: DrawerShift): void;
  /** What should be in a drawer by now. */
  expectedCash(shift: DrawerShift): number;
  putGiftCardIncrease(increase: GiftCardIncrease): void;
  /** Replaces a catalogue object; null makes Square forget it. */
  putObject(id: string, object: CatalogObject | null): void;
  /** The merchant removes the application in Square's dashboard. */
  revoke(merchantId: string): void;
  journal(): readonly JournalLine[];
  /** Plain JSON of everything that happened; `restore` takes it back. */
  snapshot(): SimulatorState;
  restore(state: SimulatorState): void;
};

/** The controls of one simulation. */
export function controlOf(simulation: Simulation): SimulatorControl {
  const change = (act: (state: SimulatorState) => void): void => {
    act(simulation.state);
    simulation.revision += 1;
    simulation.onChange();
  };
  return {
    fault: (fault) => change((state) => state.faults.push({ times: 1, skip: 0, path: "/", ...fault })),
    clearFaults: () => change((state) => state.faults.splice(0)),
    latency: (milliseconds) => change((state) => { state.latencyMs = milliseconds; }),
    settings: (settings) => change((state) => Object.assign(state, settings)),
    putOrder: (order) => change((state) => { state.orders[order.id] = order; }),
    removeOrder: (orderId) => change((state) => {
      delete state.orders[orderId];
      state.removedOrders[orderId] = true;
    }),
    adjustTip: (orderId, tipMinor) => change((state) => {
      const order = orderById(simulation, orderId);
      if (order !== undefined) state.orders[orderId] = withTip(order, tipMinor, simulation.clock());
    }),
    putRefund: (refund) => change((state) => { state.refunds[refund.id] = refund; }),
    changePayout: (id, changed) => change((state) => {
      const before = state.payouts[id];
      state.payouts[id] = { ...before, ...changed, version: (before?.version ?? 1) + 1 };
    }),
    putDrawer: (shift) => change((state) => { state.drawers[shift.id] = shift; }),
    expectedCash: (shift) => expectedCashOf(simulation, shift),
    putGiftCardIncrease: (increase) => change((state) => { state.giftCardIncreases[increase.id] = increase; }),
    putObject: (id, object) => change((state) => { state.objects[id] = object; }),
    revoke: (merchantId) => change(() => revokeMerchant(simulation, merchantId)),
    journal: () => [...simulation.journal],
    snapshot: () => structuredClone(simulation.state),
    restore: (state) => change(() => { simulation.state = { ...emptyState(), ...structuredClone(state) }; }),
  };
}

function withTip(order: Order, tipMinor: number, now: number): Order {
  const [first, ...others] = order.tenders ?? [];
  if (first === undefined) return order;
  const { currency } = first.amount_money;
  const amount = first.amount_money.amount - (first.tip_money?.amount ?? 0) + tipMinor;
  const tender: Tender = { ...first, amount_money: { amount, currency }, tip_money: { amount: tipMinor, currency } };
  return { ...order, tenders: [tender, ...others], updated_at: new Date(now).toISOString() };
}

const faultInput = z.strictObject({
  kind: z.enum([
    "rate_limited", "internal_error", "bad_gateway", "unavailable", "hang", "slow_body", "truncated", "empty", "answer_lost",
  ]),
  times: z.int().min(1).max(1_000).default(1),
  skip: z.int().min(0).max(1_000).default(0),
  path: z.string().startsWith("/").default("/"),
  retryAfterSeconds: z.int().min(0).optional(),
});

/** `/__sim/…`: the same controls for a person or a browser journey. */
export function controlRoutes(control: SimulatorControl): Hono {
  const app = new Hono();
  app.get("/journal", () => json({ calls: control.journal() }));
  app.post("/faults", async (c) => {
    const input = faultInput.safeParse(await c.req.json());
    if (!input.success) return json({ problem: z.prettifyError(input.error) }, 400);
    const { retryAfterSeconds, ...fault } = input.data;
    control.fault(retryAfterSeconds === undefined ? fault : { ...fault, retryAfterSeconds });
    return json({});
  });
  app.delete("/faults", () => done(() => control.clearFaults()));
  app.post("/latency/:ms{[0-9]{1,5}}", (c) => done(() => control.latency(Number(c.req.param("ms")))));
  app.post("/orders/:id/tip/:minor{[0-9]{1,7}}", (c) =>
    done(() => control.adjustTip(c.req.param("id"), Number(c.req.param("minor")))));
  app.delete("/orders/:id", (c) => done(() => control.removeOrder(c.req.param("id"))));
  app.post("/merchants/:id/revoke", (c) => done(() => control.revoke(c.req.param("id"))));
  return app;
}

function done(act: () => void): Response {
  act();
  return json({});
}
