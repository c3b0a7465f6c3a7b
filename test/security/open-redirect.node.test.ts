/** Every address of a public list of open redirects, given as the page to return to (attack 25). */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { returnPath, startQuery } from "../../src/features/sessions/contract";

const root = path.resolve(import.meta.dirname, "../..");
const list = ["../shared", "../../shared"].map((place) => path.join(root, place, "vectors/payloads/open-redirect.txt")).find((file) => fs.existsSync(file));
const ORIGIN = "https://harbour.daybook.example";

describe("a page to return to", () => {
  it.skipIf(list === undefined)("is on the shop's own host, whatever was asked for (skipped where ../shared is not there)", () => {
    const payloads = fs.readFileSync(list ?? "", "utf8").split("\n").filter((line) => line !== "");
    expect(payloads.length).toBeGreaterThan(200);
    const decoded = payloads.flatMap((payload) => [payload, `/${payload}`, decoding(payload)]);
    const escaped = decoded.filter((to) => new URL(startQuery.parse({ to }).to, ORIGIN).origin !== ORIGIN);
    expect(escaped).toEqual([]);
  });

  it("is any page of ours, with its query", () => {
    for (const to of ["/", "/days", "/days?month=2030-07&location=a,b", "/days/abc/2030-07-14", "/mapping?q=Sales%2C%20Food", "/connections?refused=denied&provider=square"]) {
      expect([to, returnPath.safeParse(to).success]).toEqual([to, true]);
    }
  });

  it("is the first page where it is missing, too long, twice or none", () => {
    for (const to of [undefined, "", "days", "/".repeat(2), `/${"a".repeat(500)}`, ["/a", "/b"], "/a\nb", "/a b", "/a#b", "/\u2028"]) {
      expect([to, startQuery.parse({ to }).to]).toEqual([to, "/"]);
    }
  });
});

function decoding(payload: string): string {
  try {
    return decodeURIComponent(payload);
  } catch {
    return payload; // not every payload is well-formed; as it is, it was tried already
  }
}
