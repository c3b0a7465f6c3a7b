/** Resend as data: one call, which sends a letter. Source: resend.com/docs/api-reference/emails/send-email. */
import type { Reach } from "../contract";

/** Resend's one host. */
export const RESEND_ORIGIN = "https://api.resend.com";

export const resendReach: Reach = {
  id: "resend",
  hosts: ["api.resend.com"],
  allowed: [{ method: "POST", path: "/emails" }],
};
