import { describe, expect, it } from "vitest";
import { PERMISSIONS, roleMay, ROLES, rolesThatMay } from "../../src/kernel/roles";

describe("the permission table", () => {
  it("lets the owner do everything", () => {
    for (const permission of PERMISSIONS) expect(roleMay("owner", permission), permission).toBe(true);
  });

  it("names the roles that may, highest first, and agrees with itself", () => {
    for (const permission of PERMISSIONS) {
      expect(ROLES.filter((role) => roleMay(role, permission)), permission).toEqual(rolesThatMay(permission));
    }
  });

  it("lets nobody but owner and admin post, map or connect", () => {
    for (const permission of ["days.post", "posting.manage", "mapping.write", "connections.manage"] as const) {
      expect(rolesThatMay(permission), permission).toEqual(["owner", "admin"]);
    }
  });
});
