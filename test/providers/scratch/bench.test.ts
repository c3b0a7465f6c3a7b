import { it } from "vitest";
import { generateOrders } from "../../../src/providers/square/simulator-orders";
import { cafeCatalogue } from "../../../src/providers/square/simulator-cafe";
import { cafeProfile } from "../../../src/providers/square/simulator-profile";
import { createSend } from "../../../src/providers/send";
import { square } from "../../../src/providers/square";
import { date, window } from "../square/given";
import { PAGE_SIZE } from "../../../src/providers/square/orders";
it("bench", async () => {
  const day = generateOrders({ seed: "b", locationId: "LA", date, window, catalogue: cafeCatalogue("USD"), volume: 10_000, profile: cafeProfile });
  const pages: Uint8Array[] = [];
  const enc = new TextEncoder();
  const done = day.orders.filter(o => o.state === "COMPLETED");
  for (let i = 0; i < done.length; i += PAGE_SIZE) {
    const last = i + PAGE_SIZE >= done.length;
    pages.push(enc.encode(JSON.stringify({ orders: done.slice(i, i + PAGE_SIZE), ...(last ? {} : { cursor: String(i + PAGE_SIZE) }) })));
  }
  const bytes = pages.reduce((a, p) => a + p.byteLength, 0);
  console.log("orders", done.length, "MB", bytes / 1e6, "refunds", day.refunds.length, "page", PAGE_SIZE);
  const respond = (p: Uint8Array, declared: boolean) => declared
    ? new Response(p, { headers: { "content-length": String(p.byteLength) } })
    : new Response(new ReadableStream({ start(c) { for (let o = 0; o < p.byteLength; o += 32768) c.enqueue(p.slice(o, o + 32768)); c.close(); } }));
  const objects = cafeCatalogue("USD").objects;
  for (const declared of [true, false]) {
    const send = createSend(async (r) => {
      const path = new URL(r.url).pathname;
      if (path === "/v2/orders/search") { const b = await r.json() as any; return respond(pages[Math.floor(Number(b.cursor ?? 0) / PAGE_SIZE)]!, declared); }
      if (path === "/v2/refunds") return Response.json({ refunds: day.refunds });
      if (path === "/v2/catalog/batch-retrieve") { const b = await r.json() as any; return Response.json({ objects: objects.filter(o => b.object_ids.includes(o.id)), related_objects: objects.filter(o=>o.type==="ITEM") }); }
      if (path === "/v2/orders/batch-retrieve") { const b = await r.json() as any; const w = new Set(b.order_ids); return Response.json({ orders: day.orders.filter(o => w.has(o.id)) }); }
      return Response.json({});
    }, square.manifest);
    for (let round = 0; round < 6; round++) {
      let t = Date.now();
      let n = 0;
      for (const p of pages) { const j = JSON.parse(await respond(p, declared).text()) as any; n += j.orders.length; }
      const floor = Date.now() - t;
      t = Date.now();
      const r = await square.readDay({ send, accessToken: "x", externalAccount: "y" }, { locationId: "LA", currency: "USD", window });
      const mine = Date.now() - t;
      console.log(declared ? "declared" : "stream", "floor", floor, "mine", mine, (mine / floor).toFixed(2), r.ok ? r.value.orderCount : JSON.stringify(r), n);
    }
  }
}, 60000);
