/** Recovery codes: ten of 80 bits, each good once, kept as hashes that are bound to their person. */
import { encodeBase32LowerCaseNoPadding } from "@oslojs/encoding";
import type { RandomBytes } from "../../kernel/clock";
import { hashOf, type PersonId } from "../../kernel/ids";
import { RECOVERY_CODES } from "./contract";

const CODE_BYTES = 10;

/** New codes, each sixteen letters and digits in groups of four. */
export function newRecoveryCodes(random: RandomBytes): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => (encodeBase32LowerCaseNoPadding(random(CODE_BYTES)).match(/.{4}/g) ?? []).join("-"));
}

/**
 * What is stored of a code as somebody typed it: case, spaces and hyphens do not matter. One hash is enough: 80 random
 * bits are not guessed, however fast the guessing.
 */
export async function recoveryHash(personId: PersonId, code: string): Promise<string> {
  return await hashOf(`${personId}:${code.toLowerCase().replace(/[\s-]/g, "")}`);
}
