/** Signing in at `auth.`. */
import { z } from "zod";
import { enterRequest } from "../sessions/contract";

/** 12 characters at least and any of them: the length is what counts (NIST SP 800-63B-4 section 3.1.1.2). */
export const newPassword = z.string().min(12, "Choose at least 12 characters.").max(1_000);

export const signInRequest = z.strictObject({
  email: z.string().trim().min(3, "Enter your email address.").max(254),
  password: z.string().min(1, "Enter your password.").max(1_000),
  enter: enterRequest.optional(),
});
export type SignInRequest = z.infer<typeof signInRequest>;
