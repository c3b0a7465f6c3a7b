/** What one shop-day costs at the database and in subrequests, by the counters of the real planner, handler and lanes. */
import { say, table, target } from "./report.mjs";

/** Measures and prints it, and keeps the targets. */
export async function measureShopDay(world) {
  const { planner, first, again, state } = await world.get("/shop-day");
  if (state !== "posted") throw new Error(`the measured day ended as ${state}`);
  say("A shop-day at the database and beyond (the planner's share is one shard's, whatever the number of shops)");
  table(["", "D1 trips", "statements", "rows read", "rows written", "calls to providers", "calls to lanes"], [
    rowOf("planner finds it due", planner), rowOf("read, posted, read back", first), rowOf("read again, unchanged", again),
  ]);
  target("D1 round trips of a shop-day", first.trips, 4, { unit: "trips" });
  target("rows written by a shop-day, the planner's among them", first.rowsWritten + planner.rowsWritten, 6, { unit: "rows" });
  target("rows written when it is read again unchanged", again.rowsWritten, 0, { unit: "rows" });
}

function rowOf(name, { trips, statements, rowsRead, rowsWritten, calls, laneCalls }) {
  return [name, trips, statements, rowsRead, rowsWritten, calls, laneCalls];
}
