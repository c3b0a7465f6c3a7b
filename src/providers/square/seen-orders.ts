/**
 * Which orders of a day were folded already, without keeping their ids: a fingerprint of 64 bits each, in one array that
 * lies outside the JavaScript heap. As strings the ids of 50,000 orders would double what a reading holds at a time.
 */
import { assert } from "../../kernel/assert";

/** Slots that there are at first; a power of two, for a slot is found by a fingerprint's lower bits. */
const FIRST_SLOTS = 1_024;
/** Above this share a search passes too many slots that are taken. */
const FULLEST = 0.8;
/** Beyond this something else than a day is being read. */
const MOST_SLOTS = 2 ** 24;

/**
 * Two different ids have the same fingerprint once in 10¹⁰ days of 50,000 orders; the later one would then count as a
 * repeat. A fingerprint of two zeros marks a free slot and is taken as (0, 1).
 */
export class SeenOrders {
  /** How many different orders there were. */
  size = 0;
  private slots = FIRST_SLOTS;
  private table = new Uint32Array(2 * FIRST_SLOTS);
  /** The fingerprint that `take` made last: two fields, so that no order costs an object. */
  private low = 0;
  private high = 0;

  /** Remembers an order. False for one that was remembered before. */
  add(id: string): boolean {
    this.take(id);
    const { low, high } = this;
    const at = this.find(low, high);
    if (this.table[at] !== 0 || this.table[at + 1] !== 0) return false;
    this.table[at] = low;
    this.table[at + 1] = high;
    this.size += 1;
    if (this.size > this.slots * FULLEST) this.grow();
    return true;
  }

  /** Two lanes of multiply and shift over the id's characters, mixed with each other at the end (as MurmurHash3 ends). */
  private take(id: string): void {
    let low = id.length;
    let high = ~id.length;
    for (let index = 0; index < id.length; index += 1) {
      const code = id.charCodeAt(index);
      low = Math.imul(low ^ code, 0x9e37_79b1);
      low ^= low >>> 15;
      high = Math.imul(high ^ code, 0x5f35_6495);
      high ^= high >>> 13;
    }
    low = Math.imul(low ^ (high >>> 16), 0x85eb_ca6b);
    high = Math.imul(high ^ (low >>> 13), 0xc2b2_ae35);
    this.low = (low ^ (high >>> 16)) >>> 0;
    this.high = high === 0 && this.low === 0 ? 1 : high >>> 0;
  }

  /** Where a fingerprint stands, or the free slot where it belongs. */
  private find(low: number, high: number): number {
    const { table } = this;
    const last = table.length - 1;
    let at = (low << 1) & last;
    while ((table[at] !== low || table[at + 1] !== high) && (table[at] !== 0 || table[at + 1] !== 0)) at = (at + 2) & last;
    return at;
  }

  private grow(): void {
    assert(this.slots < MOST_SLOTS, "no day has so many orders");
    const old = this.table;
    this.slots *= 2;
    this.table = new Uint32Array(2 * this.slots);
    for (let from = 0; from < old.length; from += 2) {
      const low = old[from] ?? 0;
      const high = old[from + 1] ?? 0;
      if (low === 0 && high === 0) continue;
      const to = this.find(low, high);
      this.table[to] = low;
      this.table[to + 1] = high;
    }
  }
}
