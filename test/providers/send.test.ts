import { describe, expect, it } from "vitest";
import type { Manifest } from "../../src/providers/contract";
import { createSend, isAllowed, type Send, type Transport } from "../../src/providers/send";
import { square } from "../../src/providers/square";

const manifest: Manifest = square.manifest;
const url = "https://connect.squareup.com/v2/locations";

/** A way out over a transport that counts its calls. */
function sending(transport: Transport): { readonly send: Send; readonly calls: Request[] } {
  const calls: Request[] = [];
  const send = createSend((request) => {
    calls.push(request);
    return transport(request);
  }, manifest);
  return { send, calls };
}

function answering(body: BodyInit | null, init: ResponseInit = {}): Transport {
  return () => Promise.resolve(new Response(body, init));
}

function streamOf(...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a call that is allowed", () => {
  it("comes back with status, headers and the whole text, whatever the status", async () => {
    const { send } = sending(answering("déjà", { status: 503, headers: { "retry-after": "7" } }));
    const sent = await send({ method: "GET", url });
    if (!sent.ok) throw new Error(sent.failure.detail);
    expect([sent.value.status, sent.value.headers.get("retry-after"), sent.value.text]).toEqual([503, "7", "déjà"]);
  });

  it("keeps a character whole that is cut between two chunks", async () => {
    const [first, second] = [bytes("é").slice(0, 1), bytes("é").slice(1)];
    const sent = await sending(answering(streamOf(first, second))).send({ method: "GET", url });
    expect(sent).toMatchObject({ ok: true, value: { text: "é" } });
  });

  it("carries method, headers and body, and follows no redirect", async () => {
    const { send, calls } = sending(answering(null, { status: 302, headers: { location: "https://evil.example/" } }));
    const sent = await send({ method: "POST", url: "https://connect.squareup.com/v2/orders/search", headers: { accept: "x/y" }, body: "{}" });
    expect(sent).toMatchObject({ ok: true, value: { status: 302 } });
    expect([calls[0]?.method, calls[0]?.headers.get("accept"), await calls[0]?.text(), calls[0]?.redirect])
      .toEqual(["POST", "x/y", "{}", "manual"]);
  });
});

describe("an answer that does not come whole", () => {
  it("is given up at the deadline even when the transport ignores the signal", async () => {
    const { send } = sending(() => new Promise(() => {}));
    expect(await send({ method: "GET", url, deadlineMs: 5 })).toMatchObject({
      ok: false, failure: { kind: "provider_down", detail: "no complete answer within the deadline" },
    });
  });

  it("is given up at the deadline when the body never ends", async () => {
    const { send } = sending(answering(new ReadableStream({ start: (controller) => controller.enqueue(bytes("{")) })));
    expect(await send({ method: "GET", url, deadlineMs: 5 })).toMatchObject({ ok: false, failure: { kind: "provider_down" } });
  });

  it("is provider_down when the connection breaks, before or within the body", async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new TypeError("reset")) });
    expect(await sending(() => Promise.reject(new TypeError("refused"))).send({ method: "GET", url })).toMatchObject({ ok: false });
    expect(await sending(answering(broken)).send({ method: "GET", url }))
      .toMatchObject({ ok: false, failure: { kind: "provider_down", provider: "square" } });
  });

  it.each([
    ["declared", answering("12345", { headers: { "content-length": "5" } })],
    ["streamed", answering(streamOf(bytes("123"), bytes("45")))],
    ["compressed, so that its declared length means nothing", answering(streamOf(bytes("123"), bytes("45")), {
      headers: { "content-length": "2", "content-encoding": "br" },
    })],
  ])("is refused past the size limit and accepted at it (%s)", async (_, transport) => {
    const limited = (maxBytes: number): ReturnType<Send> => sending(transport).send({ method: "GET", url, maxBytes });
    expect(await limited(4))
      .toMatchObject({ ok: false, failure: { kind: "provider_down", detail: "the answer was larger than expected" } });
  });

  it("is refused past the size limit when the runtime itself feeds a body whose length nobody declared", async () => {
    const compressed = (text: string): Transport => () => {
      const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
      return Promise.resolve(new Response(packed.pipeThrough(new DecompressionStream("gzip"))));
    };
    const large = "é0123456789".repeat(20_000);
    const bytesOfLarge = bytes(large).byteLength;
    expect(await sending(compressed(large)).send({ method: "GET", url, maxBytes: bytesOfLarge })).toMatchObject({ ok: true, value: { text: large } });
    expect(await sending(compressed(large)).send({ method: "GET", url, maxBytes: bytesOfLarge - 1 })).toMatchObject({
      ok: false, failure: { detail: "the answer was larger than expected" },
    });
  });

  it("is provider_down when a compressed answer ends in the middle", async () => {
    const packed = await new Response(new Blob(["0123456789".repeat(5_000)]).stream().pipeThrough(new CompressionStream("gzip"))).bytes();
    const torn = () => new Response(new Blob([packed.slice(0, -12)]).stream().pipeThrough(new DecompressionStream("gzip")));
    expect(await sending(() => Promise.resolve(torn())).send({ method: "GET", url })).toMatchObject({ ok: false, failure: { kind: "provider_down" } });
  });

  it("is refused past the size limit when the runtime itself feeds a body whose length nobody declared", async () => {
    const compressed = (text: string): Transport => () => {
      const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
      return Promise.resolve(new Response(packed.pipeThrough(new DecompressionStream("gzip"))));
    };
    const large = "é0123456789".repeat(20_000);
    const bytesOfLarge = bytes(large).byteLength;
    expect(await sending(compressed(large)).send({ method: "GET", url, maxBytes: bytesOfLarge })).toMatchObject({ ok: true, value: { text: large } });
    expect(await sending(compressed(large)).send({ method: "GET", url, maxBytes: bytesOfLarge - 1 })).toMatchObject({
      ok: false, failure: { detail: "the answer was larger than expected" },
    });
  });

  it("is provider_down when a compressed answer ends in the middle", async () => {
    const packed = await new Response(new Blob(["0123456789".repeat(5_000)]).stream().pipeThrough(new CompressionStream("gzip"))).bytes();
    const torn = () => new Response(new Blob([packed.slice(0, -12)]).stream().pipeThrough(new DecompressionStream("gzip")));
    expect(await sending(() => Promise.resolve(torn())).send({ method: "GET", url })).toMatchObject({ ok: false, failure: { kind: "provider_down" } });
  });

  it("is accepted when it is exactly as large as allowed", async () => {
    expect(await sending(answering(streamOf(bytes("123"), bytes("45")))).send({ method: "GET", url, maxBytes: 5 }))
      .toMatchObject({ ok: true });
  });
});

describe("a call that is not allowed", () => {
  it.each([
    ["POST", "https://connect.squareup.com/v2/payments"],
    ["POST", "https://connect.squareup.com/v2/refunds"],
    ["POST", "https://connect.squareup.com/v2/orders"],
    ["POST", "https://connect.squareup.com/v2/catalog/object"],
    ["POST", "https://connect.squareup.com/v2/locations"],
    ["GET", "https://connect.squareup.com/v2/customers"],
    ["GET", "https://connect.squareup.com/v2/merchants/MERCHANT_B"],
    ["GET", "https://connect.squareup.com/v2/refunds/"],
    ["GET", "https://connect.squareup.com/v2/refunds/a/b"],
    ["GET", "https://connect.squareup.com/v2/locations/../payments/P1"],
    ["GET", "http://connect.squareup.com/v2/locations"],
    ["GET", "https://connect.squareup.com:8443/v2/locations"],
    ["GET", "https://connect.squareup.com.evil.example/v2/locations"],
    ["GET", "https://evil.example/v2/locations"],
  ] as const)("throws before anything leaves: %s %s", async (method, url) => {
    const { send, calls } = sending(answering("{}"));
    await expect(send({ method, url })).rejects.toThrow("square may not call");
    expect(calls).toEqual([]);
  });

  it("names the host and path in the error, and no query", async () => {
    await expect(sending(answering("{}")).send({ method: "GET", url: "https://evil.example/steal?token=abc" }))
      .rejects.toThrow(/^square may not call GET evil\.example\/steal$/);
  });

  it("is told apart by method", () => {
    expect(isAllowed(manifest, "GET", new URL(url))).toBe(true);
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "get"]) expect(isAllowed(manifest, method, new URL(url))).toBe(false);
  });
});
