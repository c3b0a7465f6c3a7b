/** What signing in asks for, and where it leads. */
import type { EnterRequest } from "../../../../src/features/sessions/contract";
import type { SignInRequest } from "../../../../src/features/sign-in/contract";

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;
export type FormProblem = { readonly field: "email" | "password"; readonly text: string };

/** The site that sent the person here, or undefined when they came by themselves. The server checks every part again. */
export function enterOf(query: Query): EnterRequest | undefined {
  const { site, challenge, to } = query;
  if (typeof site !== "string" || typeof challenge !== "string") return undefined;
  return { site, challenge, to: typeof to === "string" ? to : "/" };
}

/** What is missing, in the order of the fields. */
export function problemsOf(request: Pick<SignInRequest, "email" | "password">): FormProblem[] {
  const problems: FormProblem[] = [];
  const email = request.email.trim();
  if (email === "") problems.push({ field: "email", text: "Enter your email address." });
  else if (!/^\S+@\S+$/.test(email)) problems.push({ field: "email", text: "Enter an email address such as name@example.com." });
  if (request.password === "") problems.push({ field: "password", text: "Enter your password." });
  return problems;
}
