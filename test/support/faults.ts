/** One act whose awaits are counted, and at one of which it dies or is told of a failure, before or after the effect. */
import type { Bindings } from "../../src/platform/env";
import { gatedDatabase, type Gate } from "./schedule";

/** `dies`: the Worker ends there and then. `fails`: what was awaited throws, with or without having happened. */
export const HOWS = ["dies_before", "dies_after", "fails_before", "fails_after"] as const;
export type Fault = { readonly at: number; readonly how: typeof HOWS[number] };

/** What became of an act: it was done or threw, or it died; and how many awaits there were until then. */
export type Ended<T> = { readonly steps: number; readonly outcome: { readonly value: T } | { readonly error: unknown } | null };

/** Runs an act on bindings whose shards, bucket of documents and registers of consent fail as `fault` says; null for never. */
export async function runWith<T>(env: Bindings, fault: Fault | null, act: (env: Bindings) => Promise<T>): Promise<Ended<T>> {
  let steps = 0;
  const { promise: death, resolve: die } = Promise.withResolvers<null>();
  const never = () => {
    die(null);
    return new Promise<never>(() => {});
  };
  const gate: Gate = async (effect) => {
    const step = steps;
    steps += 1;
    if (step !== fault?.at) return await effect();
    if (fault.how === "dies_before") return await never();
    if (fault.how === "fails_before") throw new Error("the connection broke before anything was sent");
    const value = await effect();
    if (fault.how === "dies_after") return await never();
    if (fault.how === "fails_after") throw new Error("the connection broke before the answer came");
    return value;
  };
  const gated = { ...env, SHARD_0: gatedDatabase(env.SHARD_0, gate), SHARD_1: gatedDatabase(env.SHARD_1, gate), DOCUMENTS: gatedBucket(env.DOCUMENTS, gate), REGISTER: gatedRegister(env.REGISTER, gate) };
  const done = act(gated).then((value) => ({ value }), (error: unknown) => ({ error }));
  const outcome = await Promise.race([done, death]);
  return { steps, outcome };
}

/** A bucket with every await passed through the gate. */
function gatedBucket(bucket: R2Bucket, gate: Gate): R2Bucket {
  const upload = ({ key, uploadId }: { readonly key: string; readonly uploadId: string }) => {
    const inner = bucket.resumeMultipartUpload(key, uploadId);
    return {
      key, uploadId,
      uploadPart: (number: number, body: ReadableStream) => gate(() => inner.uploadPart(number, body)),
      complete: (parts: R2UploadedPart[]) => gate(() => inner.complete(parts)),
      abort: () => gate(() => inner.abort()),
    };
  };
  return {
    put: (key: string, body: ReadableStream) => gate(() => bucket.put(key, body)),
    get: (key: string, options?: R2GetOptions) => gate(() => bucket.get(key, options)),
    head: (key: string) => gate(() => bucket.head(key)),
    delete: (keys: string | string[]) => gate(() => bucket.delete(keys)),
    createMultipartUpload: (key: string) => gate(async () => upload(await bucket.createMultipartUpload(key))),
    resumeMultipartUpload: (key: string, uploadId: string) => upload({ key, uploadId }),
  } as unknown as R2Bucket;
}

/** Registers with every call passed through the gate. */
function gatedRegister(register: Bindings["REGISTER"], gate: Gate): Bindings["REGISTER"] {
  const getByName = (name: string) => {
    const stub = register.getByName(name) as unknown as Record<string, (...values: unknown[]) => Promise<unknown>>;
    return new Proxy({}, { get: (_, method) => (method === "then" ? undefined : (...values: unknown[]) => gate(async () => await stub[String(method)]?.(...values))) });
  };
  return { getByName } as unknown as Bindings["REGISTER"];
}
