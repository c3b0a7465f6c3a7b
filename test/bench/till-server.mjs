/**
 * Serves a till's answers over HTTP from memory: the first time a request comes the simulator makes the answer, after
 * that the same bytes go out again, so that what is measured is the reader and never the simulator.
 */
import http from "node:http";
import { gzipSync } from "node:zlib";

/** Starts a server on a free port. `measure.bytes` and `measure.calls` count what went out since `reset()`. */
export async function serveTill(answer) {
  const kept = new Map();
  const state = { calls: [], bytes: 0, compress: false, answer };
  const server = http.createServer((request, response) => void respond(state, kept, request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** Square compresses where it is asked to; the bench says when. */
    compress: (on) => { state.compress = on; },
    /** What was asked since the last time, in the order in which it came. */
    take: () => {
      const { calls, bytes } = state;
      Object.assign(state, { calls: [], bytes: 0 });
      return { calls, bytes };
    },
    /** Answers only what it has answered before: lets the simulator and its orders go. */
    freeze: () => { state.answer = null; },
    answers: () => [...kept.values()],
    close: () => { server.closeAllConnections(); server.close(); },
  };
}

async function respond(state, kept, request, response) {
  const body = await bodyOf(request);
  const key = `${request.method} ${request.url} ${body}`;
  state.calls.push({ method: request.method, path: request.url, body });
  let known = kept.get(key);
  if (known === undefined) {
    known = await fresh(state, request, body);
    kept.set(key, known);
  }
  state.bytes += known.plain.byteLength;
  known.packed ??= state.compress ? gzipSync(known.plain, { level: 4 }) : null;
  const sent = state.compress ? known.packed : known.plain;
  const encoding = state.compress ? { "content-encoding": "gzip" } : {};
  response.writeHead(known.status, { "content-type": "application/json", "content-length": sent.byteLength, ...encoding });
  response.end(sent);
}

async function fresh(state, request, body) {
  if (state.answer === null) throw new Error(`not asked in the first reading: ${request.method} ${request.url}`);
  const headers = { authorization: request.headers.authorization ?? "", "content-type": "application/json" };
  const made = await state.answer(new Request(`https://till.bench${request.url}`, {
    method: request.method, headers, ...(request.method === "POST" ? { body } : {}),
  }));
  return { path: request.url, status: made.status, plain: Buffer.from(await made.arrayBuffer()), packed: null };
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
