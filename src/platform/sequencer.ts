/** One audit log's Merkle tree: grown leaf by leaf in the order of the log, and signed as it stands. */
import { DurableObject } from "cloudflare:workers";
import type { Bindings } from "./env";

export class SequencerObject extends DurableObject<Bindings> {}
