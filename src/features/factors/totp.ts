/**
 * Codes of an authenticator app: RFC 6238 with SHA-1, six digits and steps of 30 seconds, which is what every app knows.
 * A code is good in its own step and the ones beside it, for clocks that differ and people who type slowly (section 5.2).
 */
import { encodeBase32NoPadding } from "@oslojs/encoding";
import { createTOTPKeyURI, verifyHOTP } from "@oslojs/otp";
import { SECOND, type RandomBytes } from "../../kernel/clock";

type Bytes = Uint8Array<ArrayBuffer>;

const STEP_SECONDS = 30;
const DIGITS = 6;
/** As long as the hash (RFC 4226 section 4, requirement 6: 160 bits are recommended). */
const SEED_BYTES = 20;
/** How many steps a code may be away from now. */
const STEPS_BESIDE = 1;

/** A new seed. */
export function newSeed(random: RandomBytes): Bytes {
  return random(SEED_BYTES);
}

/** The address that an app reads from a picture, and the seed in it for whoever types. */
export function keyOf(seed: Bytes, email: string): { readonly uri: string; readonly secret: string } {
  return { uri: createTOTPKeyURI("Daybook", email, seed, STEP_SECONDS, DIGITS), secret: encodeBase32NoPadding(seed) };
}

/**
 * The step of which `code` is the code, or null: none of now's, or none that comes after `lastStep`, which was taken
 * before. `now` is epoch milliseconds. All steps are looked at, so that the time tells nothing.
 */
export function stepOf(seed: Bytes, code: string, now: number, lastStep: number): number | null {
  const current = Math.floor(now / SECOND / STEP_SECONDS);
  const steps = Array.from({ length: 2 * STEPS_BESIDE + 1 }, (_, index) => current - STEPS_BESIDE + index);
  const matching = steps.filter((step) => verifyHOTP(seed, BigInt(step), DIGITS, code));
  return matching.find((step) => step > lastStep) ?? null;
}
