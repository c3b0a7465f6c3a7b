/** What a job of one shop-day works with, and how it can end. */
import type { ShopDb } from "../../platform/database";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import type { DayRow, EntryRow } from "../days/service";
import type { ConnectionRow, Location } from "../connections/service";
import type { Mapping } from "../../ledger/mapping";
import type { PostingRule } from "./contract";
import type { SyncDay } from "./messages";

/** Where work is done. `wait` lets time pass while a provider's pace demands it: never longer than a minute. */
export type Desk = { readonly world: World; readonly env: Bindings; readonly wait: (milliseconds: number) => Promise<void> };

/** One delivery of one day's message. `db` was opened for the message's shop. */
export type Job = Desk & { readonly db: ShopDb; readonly request: SyncDay; readonly attempts: number };

/** Everything that is known of a shop-day before anything is asked of a provider. */
export type ShopDay = {
  readonly location: Location;
  readonly day: DayRow;
  readonly entries: readonly EntryRow[];
  readonly till: ConnectionRow | null;
  readonly books: ConnectionRow | null;
  /** All of them, ended ones included: entries stay linked to the books that hold them. */
  readonly connections: readonly ConnectionRow[];
  readonly mapping: Mapping;
  readonly rule: PostingRule;
  /** Whether the shop's first entries are still being posted: another connector may have been at work until now. */
  readonly isNewHere: boolean;
};

/** How a delivery ended. */
export type Outcome =
  | { readonly kind: "done" }
  /** Comes again; counts as one of the queue's attempts. */
  | { readonly kind: "again"; readonly afterSeconds: number }
  /** Comes again by the queue's own growing intervals: somebody else's machine is away. */
  | { readonly kind: "away" }
  /** Comes again as a new message, for nothing has failed: the provider's pace left no room. */
  | { readonly kind: "postponed"; readonly afterSeconds: number };

/** One entry's way through a delivery. `more`: it was recorded, and the next one is written down already. */
export type Step = Outcome | { readonly kind: "more" };

export const FINISHED: Outcome = { kind: "done" };

export const MORE: Step = { kind: "more" };

/** Somebody else moved the day meanwhile: what they made of it is looked at in a moment. */
export const OVERTAKEN: Outcome = { kind: "again", afterSeconds: 5 };
