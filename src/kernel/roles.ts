/**
 * Who may do what in a shop or an organisation, as data: the guards enforce these tables, the web app disables by them,
 * and the published page is drawn from them.
 */

export const ROLES = ["owner", "admin", "tech", "sales", "viewer"] as const;
export type Role = (typeof ROLES)[number];

const PERMISSION_TABLE = {
  "shop.read": ["owner", "admin", "tech", "sales", "viewer"],
  "days.read": ["owner", "admin", "tech", "viewer"],
  /** Read a day again, retry it, hold or release it: the state of days, never their posting. */
  "days.work": ["owner", "admin", "tech"],
  "days.post": ["owner", "admin"],
  "posting.manage": ["owner", "admin"],
  "mapping.read": ["owner", "admin", "viewer"],
  "mapping.write": ["owner", "admin"],
  "connections.read": ["owner", "admin", "viewer"],
  "connections.manage": ["owner", "admin"],
  /** Its name, its address, whether it asks for a second factor. */
  "shop.manage": ["owner", "admin"],
  "team.read": ["owner", "admin"],
  /** Invite, change roles and remove people; an owner's place is another owner's to change. */
  "team.manage": ["owner", "admin"],
  "audit.read": ["owner", "admin"],
  /** Look at documents; those with figures in them ask for `days.read` besides. */
  "documents.read": ["owner", "admin", "tech", "sales", "viewer"],
  /** File, describe and replace documents, and issue certificates. */
  "documents.write": ["owner", "admin", "tech", "sales"],
  /** Give links to people outside, and take them back. */
  "documents.share": ["owner", "admin", "tech", "sales"],
  /** Remove documents, void every link, set how documents are kept, and write the templates of certificates. */
  "documents.manage": ["owner", "admin"],
  /** Look at contacts and conversations. */
  "messages.read": ["owner", "admin", "tech", "sales"],
  /** Write to a contact, and keep contacts and what they consented to. */
  "messages.send": ["owner", "admin", "tech", "sales"],
  /** Write to many at once, set up the number and templates, import, export, merge and erase contacts. */
  "messages.manage": ["owner", "admin"],
  /** Make others owners, and let an organisation in: whoever may do it can give the shop away. */
  "ownership.manage": ["owner"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSION_TABLE;

/** Every permission there is, for pages and tests that walk the table. */
export const PERMISSIONS = Object.keys(PERMISSION_TABLE) as readonly Permission[];

/** The roles that hold a permission, highest first. */
export function rolesThatMay(permission: Permission): readonly Role[] {
  return PERMISSION_TABLE[permission];
}

/** Whether a role holds a permission. */
export function roleMay(role: Role, permission: Permission): boolean {
  return rolesThatMay(permission).includes(role);
}

export const HQ_ROLES = ["hq_owner", "hq_admin", "hq_viewer"] as const;
export type HqRole = (typeof HQ_ROLES)[number];

const HQ_PERMISSION_TABLE = {
  "hq.read": ["hq_owner", "hq_admin", "hq_viewer"],
  /** Retry days and post them, shop by shop. */
  "hq.days.post": ["hq_owner", "hq_admin"],
  "hq.members.manage": ["hq_owner", "hq_admin"],
  /** Offer shops to join, accept them, and let them go. */
  "hq.shops.manage": ["hq_owner", "hq_admin"],
  "hq.audit.read": ["hq_owner", "hq_admin"],
  /** Its name, and who owns it. */
  "hq.manage": ["hq_owner"],
} as const satisfies Record<string, readonly HqRole[]>;

export type HqPermission = keyof typeof HQ_PERMISSION_TABLE;

/** Every permission in an organisation. */
export const HQ_PERMISSIONS = Object.keys(HQ_PERMISSION_TABLE) as readonly HqPermission[];

/** The organisation's roles that hold a permission, highest first. */
export function hqRolesThatMay(permission: HqPermission): readonly HqRole[] {
  return HQ_PERMISSION_TABLE[permission];
}

/** Whether an organisation's role holds a permission. */
export function hqRoleMay(role: HqRole, permission: HqPermission): boolean {
  return hqRolesThatMay(permission).includes(role);
}

/** As which role somebody of an organisation acts in one of its shops: never as its owner. */
export const SHOP_ROLE_OF = { hq_owner: "admin", hq_admin: "admin", hq_viewer: "viewer" } as const satisfies Record<HqRole, Role>;
