/** The offline verifier as it is built: one file, nothing to fetch, and a policy that lets in exactly what is in it. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const out = mkdtempSync(path.join(tmpdir(), "daybook-verifier-"));
let page = "";

beforeAll(async () => {
  await build({ root: path.join(root, "web"), configFile: path.join(root, "web/vite.config.ts"), logLevel: "error", build: { outDir: out } });
  page = readFileSync(path.join(out, "audit-verifier.html"), "utf8");
}, 60_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

const between = (tag: string) => new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? "";

describe("the offline verifier", () => {
  it("is one file that asks nothing of any network", () => {
    expect(page).not.toMatch(/\s(?:src|href)=|\bimport\s*\(|\bimport\s*["'{]|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|https?:\/\//);
    expect(page).toContain("default-src 'none'");
  });

  it.each(["script", "style"])("lets in by its policy exactly the %s that stands in it", (tag) => {
    const hash = createHash("sha256").update(between(tag)).digest("base64");
    expect(between(tag).length).toBeGreaterThan(100);
    expect(page).toContain(`${tag}-src 'sha256-${hash}'`);
  });

  it("turns nothing of a file into markup", () => {
    expect(between("script")).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/);
  });
});
