/** No cell of a file is kept anywhere but as a name of a total: not in a database, a bucket, a queue or a log. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { shardsOf } from "../../../src/platform/env";
import { ITEMS_2026, sheet, TRANSACTIONS_2026 } from "../../providers/file/reading";
import { openHouse } from "./house";

/** Stands in every cell that is no total's name. */
const CANARY = "xyzzy-4242424242424242";

async function everyRow(): Promise<string> {
  const texts: string[] = [];
  for (const database of [env.DIRECTORY, ...shardsOf(env)]) {
    const { results } = await database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'").all<{ name: string }>();
    for (const { name } of results) texts.push(JSON.stringify((await database.prepare(`SELECT * FROM "${name}"`).all()).results));
  }
  return texts.join("\n");
}

describe("a file full of what must not be kept", () => {
  it("leaves totals behind, and not one cell", async () => {
    const house = await openHouse();
    const desk = await house.someone(house.harbour, "owner");
    await desk.open(["Pier"]);
    const secret = (header: string, cells: Readonly<Record<string, string>>) => ({ ...Object.fromEntries(header.split(",").map((name) => [name, CANARY])), "Time Zone": "", Location: "Pier", "Event Type": "Payment", ...cells });
    const zero = Object.fromEntries(["Discounts", "Service Charges", "Gift Card Sales", "Tax", "Tip", "Partial Refunds", "Cash", "Square Gift Card", "Other Tender", "Cash App"].map((name) => [name, "0"]));
    const item = secret(ITEMS_2026, { Date: "2026-07-14", Time: "09:00", Category: "Tea", "Gross Sales": "9.00", Discounts: "0", Tax: "0", "Itemization Type": "Physical Good" });
    const paid = secret(TRANSACTIONS_2026, { ...zero, Date: "2026-07-14", Time: "09:00", "Gross Sales": "9.00", "Total Collected": "9.00", Card: "9.00", "Transaction Status": "Complete" });
    await desk.dropped(sheet(ITEMS_2026, [item]));
    const waiting = await desk.dropped(sheet(TRANSACTIONS_2026, [paid, { ...paid, Tip: CANARY }, { ...paid, Date: CANARY }, { ...paid, Card: "8.00" }]));
    expect(waiting.summary.badCount).toBe(3);
    await desk.call("POST", `/files/${waiting.id}/take`, {});
    const waitingMessages = JSON.stringify(house.queue.waiting());
    expect(waitingMessages).toContain("sync-day");
    await house.work();
    // Refused whole, and of a layout that nobody knows: what is answered is not kept either.
    await desk.upload(`${sheet(ITEMS_2026, [item])}"${CANARY}`);
    await desk.drop(`${CANARY},b\n${CANARY},1\n`);
    const kept = [await everyRow(), waitingMessages, house.logs.join("\n"), JSON.stringify((await env.CHECKPOINTS.list()).objects), JSON.stringify(await desk.files())].join("\n");
    expect(kept).toContain("named:tea");
    expect(kept).not.toContain(CANARY);
    expect(kept).not.toContain("4242424242424242");
  });
});
