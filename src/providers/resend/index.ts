/** Resend: letters go out here. */
export { sendMail, type Mail, type MailHeaders, type SentMail } from "./client";
export { resendReach } from "./manifest";
export { readMailHook, type MailEvent } from "./webhook";
