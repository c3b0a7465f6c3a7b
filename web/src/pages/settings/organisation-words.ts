/** What the settings say of the organisation above the shop. */
import type { HqRole } from "../../../../src/kernel/roles";

export const organisationWords = {
  title: "Organisation",
  none: "This shop belongs to no organisation. One whose people look after several shops can see its days once both sides have agreed.",
  bond: (date: string, asked: string, accepted: string) => `Since ${date}: ${asked} asked, ${accepted} accepted.`,
  mayLook: "These people may look in. Every time they do, a line in this shop's audit log says who, when and for what.",
  sees: {
    hq_owner: "reads days and totals, retries and posts days", hq_admin: "reads days and totals, retries and posts days", hq_viewer: "reads days and totals",
  } satisfies Record<HqRole, string>,
  leave: "Leave the organisation",
  leaveTitle: (name: string) => `Leave ${name}?`,
  leaveText: "Its people lose sight of this shop at once. Your days, books and team stay as they are.",
  cancel: "Cancel",
  left: "The shop belongs to no organisation now.",
  asksUs: (name: string, person: string) => `${person} of ${name} asks this shop to join`,
  asksUsAbout: "Its people would read your days and totals, and retry and post days. You can leave at any moment.",
  weAsked: (name: string, person: string) => `${person} asked to join ${name}`,
  weAskedAbout: "Nothing changes until somebody there accepts.",
  until: (date: string) => `The offer waits until ${date}.`,
  accept: "Accept", decline: "Decline", takeBack: "Take back",
  joined: (name: string) => `The shop belongs to ${name} now.`,
  ended: "The offer has ended.",
  address: "Ask an organisation to take this shop in",
  addressAbout: "By its address. We do not say whether there is one; its people see your request and have 14 days.",
  noAddress: "Enter the organisation's address, such as hq-tidewater.",
  send: "Send the request",
  asked: (address: string) => `If there is an organisation at hq-${address}, its people see your request now.`,
} as const;
