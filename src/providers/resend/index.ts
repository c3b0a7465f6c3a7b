/** Resend: letters go out here. */
export { sendMail, type Mail } from "./client";
export { resendReach } from "./manifest";
