/** What the rest of Daybook may ask of sync. */
export { postDayNow, postingOf, readDay, retryDay, retryStopped, setPosting, type Act, type UnderWay } from "./acts";
export { startBackfill, viewBackfill, viewBackfills } from "./backfill";
export { shownStateOf, viewDay, viewDays } from "./day-view";
export { planDue, type PlannerCount, type PlannerSettings } from "./planner";
