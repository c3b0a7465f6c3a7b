/**
 * Which passwords are not taken: the ones that are tried first. Nothing is demanded of how a password is composed (NIST
 * SP 800-63B-4 section 3.1.1.2, OWASP ASVS 5.0 6.2.4, 6.2.5 and 6.2.11). All comparing is done in lower case.
 */

/**
 * Those of the 10,000 most common passwords (zxcvbn-ts, MIT) that are long enough to get past the length; a test compares
 * this with the list.
 */
const COMMON: ReadonlySet<string> = new Set((
  "123456654321 123456789qwe 123456qwerty 123qweasdzxc 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc flvbybcnhfnjh gfhjkmgfhjkm " +
  "ghhh47hj7649 ghjcnjgfhjkm leavemealone mailcreated5240 masterbating motherfucker polniypizdec0211 q1w2e3r4t5y6 " +
  "qazwsxedc123 qazwsxedcrfv qweasdzxc123 qwerasdfzxcv qwerty123456 sojdlg123aljg sonyericsson zxcasdqwe123"
).split(" "));

/** Words that stand for this place, whoever it is. */
const ALWAYS_NEAR = ["daybook", "password"];
/** Shorter parts of a name or an address stand in too many good passwords by chance. */
const SHORTEST_PART = 4;
/** What must be left of a password without the words that are near at hand. */
const FEWEST_OWN = 6;

const COMMON_SENTENCE = "That password is one of those that are tried first. Choose another, such as a few words that have nothing to do with each other.";
const NEAR_SENTENCE = "That password is mostly made of your name, your address, your shop's name or ours. Choose one that says less about you.";

/**
 * Why a password that is long enough is refused, in words, or null. `near` are the person's name and address and their
 * shops' names: a password that is little else is refused, one that merely holds them is not.
 */
export function passwordProblem(password: string, near: readonly string[]): string | null {
  const text = password.normalize("NFC").toLowerCase();
  if (COMMON.has(text) || isRepeated(text) || isRun(text)) return COMMON_SENTENCE;
  return isMostlyNear(text, near) ? NEAR_SENTENCE : null;
}

/** One piece again and again: `aaaaaaaaaaaa`, `harbourharbour`. A text that is repeated stands in its own double before its end. */
function isRepeated(text: string): boolean {
  return `${text}${text}`.indexOf(text, 1) < text.length;
}

/** Every character follows the one before it, upwards or downwards: `abcdefghijkl`, `123456789012`. */
function isRun(text: string): boolean {
  const steps = Array.from(text).map((letter, index, all) => (letter.codePointAt(0) ?? 0) - (all[index - 1]?.codePointAt(0) ?? 0)).slice(1);
  return [1, -1].some((step) => steps.every((one) => one === step || one === -9 * step));
}

/** Whether so few letters and digits are left, when the words that are near at hand are taken out, that guessing them is easy. */
function isMostlyNear(text: string, near: readonly string[]): boolean {
  const parts = near.flatMap((one) => one.normalize("NFC").toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((part) => part.length >= SHORTEST_PART);
  const words = [...parts, ...ALWAYS_NEAR].toSorted((one, other) => other.length - one.length);
  const rest = words.reduce((left, word) => left.replaceAll(word, " "), text);
  return rest !== text && (rest.match(/[\p{L}\p{N}]/gu) ?? []).length < FEWEST_OWN;
}
