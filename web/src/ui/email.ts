/** An address as people type it. */
import { formWords as words } from "../words";
import type { FormProblem } from "./form";

/** What is missing of an address in the field `email`. What counts as an address is the server's to say. */
export function problemsOfEmail(typed: string): FormProblem[] {
  const email = typed.trim();
  if (email === "") return [{ field: "email", text: words.emailMissing }];
  return /^\S+@\S+$/.test(email) ? [] : [{ field: "email", text: words.emailWrong }];
}
