/** The caller's side of a sequencer: finds the object of a log, and raises the alarm that it answers with. */
import type { Bindings } from "./env";
import type { InclusionProofs, Sealed, Sequenced, SequencerObject } from "./sequencer";
import type { World } from "./world";

/** One log's sequencer, for the duration of one request or job. See `SequencerObject` for what each promises. */
export type Sequencer = {
  /** Takes new lines until at least `size` were taken, and signs. What is found wrong stands in the log as `audit.tampered`. */
  advance(world: Pick<World, "log">, size?: number): Promise<Sequenced>;
  latest(): Promise<Sealed | null>;
  inclusion(seqs: readonly number[]): Promise<InclusionProofs | null>;
  consistency(from: number): Promise<(Sealed & { readonly path: readonly string[] }) | null>;
  hashes(seq: number): Promise<readonly string[]>;
};

/** A run may have been under way that began before the caller's own line was written; more than a few are a fault. */
const MOST_RUNS = 4;

/** The sequencer of a log, `shop:<id>` or `organisation:<id>`. No call is made until a method is. */
export function sequencerOf(env: Bindings, log: string): Sequencer {
  const call = <T>(act: (stub: DurableObjectStub<SequencerObject>) => Promise<T>) => act(env.SEQUENCER.getByName(log));
  return {
    advance: async (world, size = 0) => {
      let sequenced: Sequenced = await call(async (stub) => await stub.advance(log));
      for (let run = 1; run < MOST_RUNS && sequenced.alarm === null && (sequenced.size < size || !sequenced.isComplete); run += 1) {
        sequenced = await call(async (stub) => await stub.advance(log));
      }
      raise(world, log, sequenced);
      return sequenced;
    },
    latest: () => call(async (stub) => await stub.latest(log)),
    inclusion: (seqs) => call(async (stub) => await stub.inclusion(log, seqs)),
    consistency: (from) => call(async (stub) => await stub.consistency(log, from)),
    hashes: (seq) => call(async (stub) => await stub.hashes(log, seq)),
  };
}

function raise({ log }: Pick<World, "log">, name: string, { alarm }: Sequenced): void {
  if (alarm === null) return;
  const [kind, id = ""] = name.split(":");
  const whose = kind === "organisation" ? { organisationId: id } : { shopId: id };
  log.error("audit.tampered", { ...whose, kind: alarm.why, count: alarm.seq });
}
