/**
 * Who may do what in a shop, as data: the guard enforces this table, the web app disables by it, and the published
 * page is drawn from it.
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
