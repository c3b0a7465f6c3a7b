/** Typed codes, as they are pasted. */
import type { FormProblem } from "./form";

/** The code without the spaces and hyphens that letters, apps and clipboards put in. */
export function codeOf(typed: string): string {
  return typed.normalize("NFKC").replaceAll(/[\s-]/g, "");
}

/** What is missing of a six-digit code in the field `code`, in `words`. */
export function problemsOfCode(typed: string, words: string): FormProblem[] {
  return /^\d{6}$/.test(codeOf(typed)) ? [] : [{ field: "code", text: words }];
}
