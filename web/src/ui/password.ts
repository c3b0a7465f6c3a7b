/** How long a password has to be, and what its length is worth. */
import { passwordWords as words } from "../sign-in-words";
import type { FormProblem } from "./form";

/** `sign-in/contract.SHORTEST_PASSWORD`, without the schemas that stand beside it; a test holds the two together. */
export const SHORTEST = 12;

/** As the server counts: code points, so that nothing counts twice. */
const lengthOf = (password: string) => Array.from(password.normalize("NFC")).length;

/** How strong a password is, by its length alone: that is what guessing it costs. */
export function strengthOf(password: string): string {
  const length = lengthOf(password);
  if (length === 0) return "";
  if (length < SHORTEST) return words.missing(SHORTEST - length);
  return length < 16 ? words.good : length < 24 ? words.strong : words.veryStrong;
}

/** What is missing of a new password in the field `password`. */
export function problemsOfPassword(password: string): FormProblem[] {
  return lengthOf(password) < SHORTEST ? [{ field: "password", text: words.tooShort }] : [];
}
