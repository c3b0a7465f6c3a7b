/** What the audit page says, and every act in a sentence. */
import { count } from "../../ui/format";

/** What somebody did, after their name: "Ada Okafor saved the mapping". Every act that the code writes has one; a test looks. */
export const actWords: Readonly<Record<string, string>> = {
  "account.created": "created an account in the books",
  "audit.exported": "took the audit log away as a file",
  "backfill.started": "started a back-fill",
  "connection.connected": "connected a provider",
  "connection.disconnected": "disconnected a provider",
  "connection.reconnect_needed": "found a connection that has to be renewed",
  "connection.reconnected": "renewed a connection",
  "day.approved": "approved a day for posting",
  "day.read_again": "had a day read again",
  "day.retried": "tried a day again",
  "days.viewed": "looked at the days of all shops",
  "invitation.accepted": "accepted an invitation",
  "invitation.resent": "sent an invitation again",
  "invitation.revoked": "took an invitation back",
  "invitation.sent": "invited somebody",
  "location.chosen": "chose a location to be kept",
  "location.stopped": "stopped keeping a location",
  "mapping.saved": "saved the mapping",
  "member.left": "left",
  "member.removed": "removed somebody",
  "member.role_changed": "changed somebody's role",
  "offer.ended": "ended an offer to join",
  "organisation.asked_to_join": "asked an organisation to take the shop in",
  "organisation.created": "created the organisation",
  "organisation.joined": "joined an organisation",
  "organisation.left": "left the organisation",
  "organisation.offer_ended": "ended an organisation's offer",
  "organisation.renamed": "renamed the organisation",
  "ownership.given": "gave ownership to somebody",
  "posting.changed": "changed how days are posted",
  "session.foreign_host": "showed a session of another shop",
  "shop.asked_to_join": "asked a shop to join",
  "shop.created": "created the shop",
  "shop.joined": "took a shop in",
  "shop.left": "let a shop go",
  "shop.moved": "changed the shop's address",
  "shop.reached": "reached into the shop",
  "shop.renamed": "renamed the shop",
  "shop.second_factor": "changed whether a second factor is asked for",
  "totals.compared": "compared the shops' totals",
};

/** Whole kinds of acts, for the filter. */
export const thingWords: Readonly<Record<string, string>> = {
  account: "Accounts", audit: "The audit log", backfill: "Back-fills", connection: "Connections", day: "Days", days: "Days of all shops", invitation: "Invitations",
  location: "Locations", mapping: "Mapping", member: "People", offer: "Offers", organisation: "Organisations", ownership: "Ownership", posting: "Posting",
  session: "Sessions", shop: "The shop", totals: "Totals",
};

/** What an act was done to, by its kind, where it has no name. */
export const subjectWords: Readonly<Record<string, string>> = {
  account: "The books", backfill: "A back-fill", connection: "A connection", invitation: "An invitation", location: "A location", organisation: "The organisation",
  person: "Somebody", shop: "The shop",
};

export const auditWords = {
  title: "Audit log",
  about: "Who did what, when and from where. Nothing here can be changed or removed without being found.",
  csv: "Take away as CSV",
  json: "Take away with proofs",
  filters: "Show only",
  from: "From", to: "To", who: "Who", what: "What",
  anybody: "Anybody", anything: "Anything",
  daybook: "Daybook", stranger: "A stranger", somebody: "Somebody", erased: "Somebody whose name was erased",
  erasedValue: "erased",
  through: "through their organisation",
  clear: "Show everything",
  onlySubject: ": show only what was done to this",
  none: "No line of the log is like that.",
  empty: "Nothing was done here yet. Every act appears here as it happens.",
  time: "When", actor: "Who", act: "What", change: "Before and after", place: "From where",
  line: (seq: number) => `line ${seq}`,
  utc: (time: string) => `${time} UTC`,
  older: "Older", latest: "Back to the latest",
  label: "The audit log, latest first",
  nothing: "–",
  yes: "yes", no: "no", something: "Something",
  version: (number: string) => `Mapping, version ${number}`,
  failed: "tried and was refused", uncertain: "tried, and the answer was lost",
} as const;

export const verifyWords = {
  title: "Is this log as it was written?",
  about: "This browser recomputes every line shown here, checks the signature of the newest checkpoint, and that the log still begins with what this browser saw last.",
  verify: "Verify",
  working: "Checking the lines…",
  holds: (lines: number, size: number) => `The ${count(lines, "line")} shown ${lines === 1 ? "is" : "are"} as written, among ${count(size, "line")} that are signed.`,
  since: (size: number) => `The log still begins with the ${count(size, "line")} that this browser saw before.`,
  firstTime: "This browser remembers the checkpoint from now on.",
  broken: (seq: number | null) => (seq === null ? "The log is not what was signed." : `Line ${seq} is not as it was.`),
  brokenNext: "Take the log away with proofs, keep the letters with earlier checkpoints, and tell us at once. Do not act on what the log says meanwhile.",
  why: {
    signature: "The newest checkpoint does not carry the signature of its key.",
    key: "The checkpoint is signed with another key than the one this browser knew.",
    line: "Its contents do not give the hash that was signed.",
    missing: "The log holds fewer lines than before.",
    rewritten: "The log does not begin with what this browser saw before.",
    alarm: "What stands in the database is not what was signed when it was written.",
  },
  nothing: "There is nothing to check yet.",
  unable: "This browser cannot check Ed25519 signatures. Take the log away with proofs and check it in a newer one.",
  offline: "Check it without Daybook:",
  offlineLink: "a page that works from your disk, without a network",
} as const;
