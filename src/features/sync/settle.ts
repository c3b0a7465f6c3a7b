/** How a job leaves a day: one write that is compared with what the job saw, and the back-fill's mark in the same batch. */
import type { DayState } from "../days/contract";
import { moved, saveDay, type DayRow, type Move, type Statement } from "../days/service";
import { FINISHED, OVERTAKEN, type Job, type Outcome } from "./job";
import { backfillDayWritten } from "./store";

/** Moves a day and says how the delivery ended; `OVERTAKEN` when somebody else moved it first. */
export async function settle(job: Job, before: DayRow, move: Move, note: string, outcome: Outcome = FINISHED): Promise<Outcome> {
  const now = job.world.clock();
  const after = moved(before, move, now, note);
  const marks = outcome.kind === "done" ? marksOf(job, after.state, now) : [];
  if (!(await saveDay(job.db, before, after, marks))) return OVERTAKEN;
  logMove(job, after);
  return outcome;
}

/** Moves a day that goes on in another queue: of a back-fill nothing is finished yet. False when somebody else moved it first. */
export async function moveOn(job: Job, before: DayRow, move: Move, note: string): Promise<boolean> {
  const after = moved(before, move, job.world.clock(), note);
  if (!(await saveDay(job.db, before, after))) return false;
  logMove(job, after);
  return true;
}

/** Ends a delivery that leaves the day as it is: without a back-fill nothing at all is written. */
export async function leave(job: Job, state: DayState): Promise<Outcome> {
  for (const mark of marksOf(job, state, job.world.clock())) await job.db.orm.batch([mark]);
  return FINISHED;
}

/** Writes into the log where a day went; its amounts and its lines stay out. */
export function logMove({ world, db, attempts }: Job, after: DayRow): void {
  const kind = after.reason === null ? {} : { kind: after.reason.kind };
  world.log.info("day.moved", {
    shopId: db.shopId, locationId: after.locationId, businessDate: after.businessDate, state: after.state, attempts, ...kind,
  });
}

/** The mark that a back-fill's day is finished, where the message belongs to one. */
export function marksOf({ db, request }: Job, state: DayState, at: number): Statement[] {
  const { backfillId } = request;
  return backfillId === null ? [] : [backfillDayWritten(db, { ...request, backfillId }, state, at)];
}
