/** Twilio: texts go out here, and what comes in is proved to be Twilio's. */
export type { TextAccount } from "./account";
export { findTexts, readText, sendText, type KnownText, type SentText, type Text } from "./client";
export { describeLine, type LineFacts, type Registration } from "./describe";
export { twilioReach } from "./manifest";
export { readTextHook, type TextHook } from "./webhook";
export type { TextState } from "./wire";
