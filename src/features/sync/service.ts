/** What the rest of Daybook may ask of sync. */
export { postDayNow, postingOf, readDay, reclassifyPosted, retryDay, retryStopped, setPosting, type Act, type UnderWay } from "./acts";
export { startBackfill, viewBackfill, viewBackfills } from "./backfill";
export { viewDay, viewDays } from "./day-view";
export { decideDay, undoDay } from "./decisions";
export { planDue, type PlannerCount, type PlannerSettings } from "./planner";
