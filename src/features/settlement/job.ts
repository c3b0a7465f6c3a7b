/** What a job of one shop's payouts works with. */
import type { ShopDb } from "../../platform/database";
import type { Desk } from "../sync/service";
import type { SettlePayout } from "../payouts/service";
import type { ReadPayouts } from "./messages";

/** One delivery of a message. `db` was opened for the message's shop. */
export type ReadingJob = Desk & { readonly db: ShopDb; readonly request: ReadPayouts };
export type SettlingJob = Desk & { readonly db: ShopDb; readonly request: SettlePayout; readonly attempts: number };
