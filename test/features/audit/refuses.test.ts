/** What the audit log does not answer, and to whom it is another's. */
import { describe, expect, it } from "vitest";
import { ROLES, roleMay } from "../../../src/kernel/roles";
import { originOf } from "../../support/app";
import { givenReader } from "./reader";

const PATHS = ["", "/checkpoint", "/proof?seq=1", "/consistency?from=1", "/export?format=json"];

describe("the audit log", () => {
  it.each(ROLES.filter((role) => !roleMay(role, "audit.read")))("is not shown to a %s", async (role) => {
    const reader = await givenReader(role);
    for (const path of PATHS) expect((await reader.get(path)).status, path).toBe(403);
    expect((await reader.browser.api("POST", `${originOf(reader.shop.slug)}/api/audit/checkpoint`, { body: {} })).status).toBe(403);
  });

  it("of one shop is on no other's host", async () => {
    const [ours, theirs] = [await givenReader(), await givenReader()];
    await theirs.write({ subject: "canary" });
    for (const path of PATHS) {
      expect((await ours.browser.api("GET", `${originOf(theirs.shop.slug)}/api/audit${path}`)).status, path).toBe(401);
      expect(await (await ours.get(path)).text(), path).not.toContain("canary");
    }
  });

  it("takes no cursor, number, date or act that is spelled otherwise than it spells them", async () => {
    const reader = await givenReader();
    const queries = [
      "?before=0", "?before=-1", "?before=1.5", "?before=1e3", "?before=01", "?before=%201", "?before=9999999999999", "?before=1&before=2",
      "?from=2026-02-31", "?from=14.7.2026", "?to=", "?actor=ada", "?actor=person:1", "?action=Mapping", "?action=mapping.", "?action=mapping.%25", "?action=%27%20OR%201=1--",
      `?subject=${"x".repeat(201)}`, "?subject=", "?text=ada", "/proof?seq=0", "/proof?seq=1..2", "/proof?seq=1,2", `/proof?seq=${Array.from({ length: 101 }, () => 1).join(".")}`,
      "/proof", "/consistency?from=0", "/consistency?from=-1", "/export", "/export?format=xml", "/export?format=csv&before=3",
    ];
    for (const query of queries) expect((await reader.get(query)).status, query).toBe(400);
  });

  it("takes a quotation mark, a wildcard and a half character in a subject for what they are", async () => {
    const reader = await givenReader();
    for (const subject of ["'; DROP TABLE audit; --", "%", "_", "\u0000", "😀"]) expect((await reader.get(`?subject=${encodeURIComponent(subject)}`)).status).toBe(200);
    expect((await reader.view("?subject=%25")).lines).toEqual([]);
  });

  it("is not taken away ahead of a press: a look ahead gets nothing, and leaves no line and no turn less", async () => {
    const reader = await givenReader();
    const url = `${originOf(reader.shop.slug)}/api/audit/export?format=csv`;
    for (const [name, value] of [["sec-purpose", "prefetch"], ["sec-purpose", "prefetch;prerender"], ["purpose", "prefetch"], ["purpose", "preview"]] as const) {
      for (let look = 0; look < 6; look += 1) expect((await reader.browser.api("GET", url, { headers: { [name]: value } })).status).toBe(409);
    }
    const head = await reader.browser.api("HEAD", url);
    expect([head.status, head.headers.get("content-disposition"), await head.text()]).toEqual([409, null, ""]);
    expect((await reader.view()).lines).toEqual([]);
    expect((await reader.get("/export?format=csv")).status).toBe(200);
    expect((await reader.view()).lines).toMatchObject([{ action: "audit.exported" }]);
  });

  it("is taken away twenty times an hour and not more often", async () => {
    const reader = await givenReader();
    for (let turn = 0; turn < 20; turn += 1) expect((await reader.get("/export?format=csv")).status).toBe(200);
    const refused = await reader.get("/export?format=csv");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
