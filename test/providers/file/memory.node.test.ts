/** A file is folded in the memory of its totals: ten times the lines take no more. */
import { expect, it } from "vitest";
import { foldFile, PLAIN, type Layout } from "../../../src/providers/file/index";
import { orderOf } from "./reading";

const layout: Layout = { ...PLAIN, id: "custom", name: "Till", part: "whole", columns: { date: "date", time: "time", order: "order", category: "category", gross: "gross", tax: "tax", tender: "tender" } };
const MEGABYTE = 1_000_000;
const ROWS_OF_A_CHUNK = 600;

/** So many lines of about 100 bytes, made as they are asked for; `look` is called in between. */
function lines(count: number, look: () => void): ReadableStream<Uint8Array> {
  let made = -1;
  return new ReadableStream({
    pull(controller) {
      if (made === -1) {
        controller.enqueue(new TextEncoder().encode("date,time,order,category,gross,tax,tender,note\n"));
        made = 0;
        return;
      }
      if (made >= count) return controller.close();
      const rows = Array.from({ length: Math.min(ROWS_OF_A_CHUNK, count - made) }, (_, index) => {
        const at = made + index;
        const day = String(1 + (Math.floor(at / 100_000) % 28)).padStart(2, "0");
        return `2026-0${1 + (at % 6)}-${day},10:15:00,ORDER${at},Category ${at % 30},"1,00${at % 10}.50",0.80,Visa,${"a customer's words ".repeat(2)}\n`;
      });
      made += rows.length;
      controller.enqueue(new TextEncoder().encode(rows.join("")));
      if (made % (ROWS_OF_A_CHUNK * 50) === 0) look();
      return undefined;
    },
  });
}

/** The most that was alive while a file of that many lines was folded, in megabytes above what was before. */
async function peakOf(count: number): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let most = 0;
  const look = () => {
    globalThis.gc?.();
    most = Math.max(most, process.memoryUsage().heapUsed - before);
  };
  const read = await foldFile(lines(count, look), orderOf({ layout }));
  expect(read.ok && read.value.kind === "folded" && [read.value.rowCount, read.value.badCount]).toEqual([count, 0]);
  return most / MEGABYTE;
}

it("takes no more memory for ten times the lines", async () => {
  const { setFlagsFromString } = await import("node:v8");
  setFlagsFromString("--expose-gc");
  const { runInNewContext } = await import("node:vm");
  globalThis.gc = runInNewContext("gc") as typeof globalThis.gc;
  await peakOf(60_000);
  const [few, many] = [await peakOf(60_000), await peakOf(Number(process.env["FILE_LINES"] ?? 600_000))];
  process.stdout.write(`alive at worst: ${few.toFixed(1)} MB for 60,000 lines, ${many.toFixed(1)} MB for ten times as many\n`);
  expect(many).toBeLessThan(few + 8);
}, 240_000);
