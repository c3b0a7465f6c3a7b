/** What the rest of Daybook may ask of sync. */
export { postDayNow, postingOf, readDay, reclassifyPosted, retryDay, retryStopped, setPosting, type Act, type UnderWay } from "./acts";
export { startBackfill, viewBackfill, viewBackfills } from "./backfill";
export { postReadyDays, retryDays } from "./bulk";
export { shownStateOf, viewDay, viewDays } from "./day-view";
export { decideDay, undoDay } from "./decisions";
export { planDue, type Companion, type PlannerCount, type PlannerSettings } from "./planner";
export { ask, booksOf, isAboutTheGrant, nameOf, tillOf, type Asked, type Asker } from "./ask";
export { callsToDeliver, deliver, fateOf, type Fate } from "./deliver";
export { readBack } from "./inspect";
export { FINISHED, OVERTAKEN, type Desk, type Outcome } from "./job";
export { ruleOf } from "./load";
export { LOOK_UP_AFTER_SECONDS } from "./post-day";
export { postingRuleQuery } from "./store";
export { spreadSeconds } from "./plan";
export { sendDays, type DayToSend } from "./send";
