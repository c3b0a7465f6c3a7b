/** Twilio as data: one call that writes, which sends a text. Sources: twilio.com/docs, "Messages resource", "Messaging Services". */
import type { Reach } from "../contract";

/** Where texts and numbers are. */
export const API_ORIGIN = "https://api.twilio.com";

/** Where Messaging Services and what the carriers know of them are. */
export const MESSAGING_ORIGIN = "https://messaging.twilio.com";

export const twilioReach: Reach = {
  id: "twilio",
  hosts: ["api.twilio.com", "messaging.twilio.com"],
  allowed: [
    { method: "POST", path: "/2010-04-01/Accounts/:account/Messages.json" },
    { method: "GET", path: "/2010-04-01/Accounts/:account/Messages.json" },
    { method: "GET", path: "/2010-04-01/Accounts/:account/Messages/:file" },
    { method: "GET", path: "/2010-04-01/Accounts/:account/IncomingPhoneNumbers.json" },
    { method: "GET", path: "/2010-04-01/Accounts/:file" },
    { method: "GET", path: "/v1/Services/:service" },
    { method: "GET", path: "/v1/Services/:service/PhoneNumbers" },
    { method: "GET", path: "/v1/Services/:service/Compliance/Usa2p" },
  ],
};
