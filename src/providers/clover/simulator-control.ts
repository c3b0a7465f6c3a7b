/** The hands behind the curtain: what tests call directly and the sandbox calls under `/__sim/`. */
import { Hono } from "hono";
import { z } from "zod";
import { json } from "./simulator-answer";
import { takeHooks, type HookMessage, type HookSettings } from "./simulator-hooks";
import { uninstall } from "./simulator-oauth";
import { rowOf } from "./simulator-rows";
import { emptyState, keyOf, type Fault, type JournalLine, type Move, type Simulation, type SimulatorState } from "./simulator-state";
import { KINDS, type Batch, type Item, type Kind, type Rows } from "./simulator-wire";

export type SimulatorControl = {
  /** Lets the next calls go wrong: one call to any path unless said otherwise. */
  fault(fault: Partial<Fault> & Pick<Fault, "kind">): void;
  clearFaults(): void;
  /** Adds rows that were not there before, such as an offline payment that arrives late, or replaces them. */
  put(merchantId: string, batch: Partial<Batch>): void;
  remove(merchantId: string, kind: Kind, id: string): void;
  /** Lets a row come, or go, after so many more pages of its kind were handed out. */
  move(move: Move): void;
  /** Changes a payment's tip, as it is done until closeout; nothing but `modifiedTime` says so. */
  adjustTip(merchantId: string, paymentId: string, tipMinor: number): void;
  /** Voids a payment, as it can be done for 25 minutes after the sale. */
  voidPayment(merchantId: string, paymentId: string): void;
  putItem(merchantId: string, id: string, item: Item | null): void;
  /** The merchant uninstalls the app. */
  uninstall(merchantId: string): void;
  /** Webhook messages about everything that was put since the last call, lost and doubled as told. */
  hooks(settings: HookSettings): readonly HookMessage[];
  journal(): readonly JournalLine[];
  /** Plain JSON of everything that happened; `restore` takes it back. */
  snapshot(): SimulatorState;
  restore(state: SimulatorState): void;
};

const PREFIX = { orders: "O", payments: "P", refunds: "P", credits: "P", credit_refunds: "P" } as const satisfies Record<Kind, string>;

/** The controls of one simulation. */
export function controlOf(simulation: Simulation): SimulatorControl {
  const change = (act: (state: SimulatorState) => void): void => {
    act(simulation.state);
    simulation.onChange();
  };
  const put = <K extends Kind>(merchantId: string, kind: K, row: Rows[K]): void => change((state) => {
    const key = keyOf(merchantId, row.id);
    state.events.push({ merchantId, objectId: `${PREFIX[kind]}:${row.id}`, type: rowOf(simulation, merchantId, kind, row.id) === undefined ? "CREATE" : "UPDATE", ts: simulation.clock() });
    Object.assign(state.rows[kind], { [key]: row });
  });
  const changePayment = (merchantId: string, id: string, with_: Partial<Rows["payments"]>): void => {
    const payment = rowOf(simulation, merchantId, "payments", id);
    if (payment !== undefined) put(merchantId, "payments", { ...payment, ...with_, modifiedTime: simulation.clock() });
  };
  return {
    fault: (fault) => change((state) => state.faults.push({ times: 1, skip: 0, path: "/", ...fault })),
    clearFaults: () => change((state) => state.faults.splice(0)),
    put: (merchantId, batch) => {
      for (const kind of KINDS) for (const row of batch[kind] ?? []) put(merchantId, kind, row);
    },
    remove: (merchantId, kind, id) => change((state) => {
      state.rows[kind][keyOf(merchantId, id)] = null;
      state.events.push({ merchantId, objectId: `${PREFIX[kind]}:${id}`, type: "DELETE", ts: simulation.clock() });
    }),
    move: (move) => change((state) => state.moves.push(move)),
    adjustTip: (merchantId, id, tipAmount) => changePayment(merchantId, id, { tipAmount }),
    voidPayment: (merchantId, id) => changePayment(merchantId, id, { result: "VOIDED" }),
    putItem: (merchantId, id, item) => change((state) => { state.items[keyOf(merchantId, id)] = item; }),
    uninstall: (merchantId) => change(() => uninstall(simulation, merchantId)),
    hooks: (settings) => takeHooks(simulation, settings),
    journal: () => [...simulation.journal],
    snapshot: () => structuredClone(simulation.state),
    restore: (state) => change(() => { simulation.state = { ...emptyState(), ...structuredClone(state) }; }),
  };
}

const faultSchema = z.object({
  kind: z.enum(["rate_limited", "unauthorized", "internal_error", "bad_gateway", "unavailable", "hang", "truncated", "empty", "answer_lost"]),
  times: z.number().int().min(1).max(1_000).default(1), skip: z.number().int().min(0).default(0), path: z.string().default("/"),
});

/** The same for a browser or a shell in the sandbox. */
export function controlRoutes(control: SimulatorControl): Hono {
  return new Hono()
    .get("/journal", () => json(control.journal()))
    .post("/fault", async (c) => {
      const fault = faultSchema.safeParse(await c.req.json().catch(() => null));
      if (!fault.success) return json({ message: "no such fault" }, 400);
      control.fault(fault.data);
      return json({});
    })
    .post("/uninstall/:merchant", (c) => {
      control.uninstall(c.req.param("merchant"));
      return json({});
    });
}
