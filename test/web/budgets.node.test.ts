import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const out = mkdtempSync(path.join(tmpdir(), "daybook-web-"));
const KB = 1_024;

type Chunk = { readonly file: string; readonly imports?: string[]; readonly dynamicImports?: string[]; readonly isEntry?: boolean; readonly isDynamicEntry?: boolean; readonly css?: string[] };
let manifest: Readonly<Record<string, Chunk>> = {};

beforeAll(async () => {
  // What is shipped is weighed: with the test runner's own mode the libraries' checks for developers would come along.
  vi.stubEnv("NODE_ENV", "production");
  await build({ root: path.join(root, "web"), configFile: path.join(root, "web/vite.config.ts"), logLevel: "error", build: { outDir: out, manifest: true } });
  manifest = JSON.parse(readFileSync(path.join(out, ".vite/manifest.json"), "utf8")) as Record<string, Chunk>;
}, 60_000);
afterAll(() => vi.unstubAllEnvs());
afterAll(() => rmSync(out, { recursive: true, force: true }));

const gzipped = (file: string) => gzipSync(readFileSync(path.join(out, file))).byteLength;

/** Everything that loads with these modules, each file once. */
function filesOf(...keys: string[]): Set<string> {
  const files = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`no chunk ${key}`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  keys.forEach(visit);
  return files;
}

const weigh = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + gzipped(file), 0);
/** Each host's own app, and what loads before its first route. */
const HOSTS = { shop: "src/shop-app.tsx", auth: "src/auth-app.tsx", hq: "src/hq-app.tsx" } as const;
const shellOf = (app: string) => ["index.html", app];

const pagesIn = (key: string): string[] => (manifest[key]?.dynamicImports ?? []).filter((page) => page.startsWith("src/pages/"));

/** The pages of an app are what it loads lazily by itself, and what an area of it leads to; its dialogs are no routes. */
function pagesOf(app: string): string[] {
  return pagesIn(app).flatMap((key) => (key.endsWith("/area.tsx") ? pagesIn(key) : [key]));
}

test.each(Object.entries(HOSTS))("at %s. at most 30 KB of JavaScript are loaded before the first route", (_host, app) => {
  expect(weigh(filesOf(...shellOf(app))) / KB).toBeLessThanOrEqual(30);
});

test.each(Object.entries(HOSTS))("at %s. the first route is complete with at most 45 KB, whichever it is", (_host, app) => {
  expect(pagesOf(app).length).toBeGreaterThan(5);
  for (const page of pagesOf(app)) expect.soft(weigh(filesOf(...shellOf(app), page)) / KB, page).toBeLessThanOrEqual(45);
});

test("passkeys and QR codes are loaded only by those who use them", () => {
  const first = [...filesOf(...shellOf(HOSTS.auth), ...pagesOf(HOSTS.auth))].map((file) => readFileSync(path.join(out, file), "utf8")).join("");
  expect(first).not.toContain("navigator.credentials");
  expect(first).not.toContain("putImageData");
});

test("nothing that loads later is larger than 45 KB", () => {
  const later = Object.values(manifest).filter((chunk) => chunk.isDynamicEntry === true);
  expect(later.length).toBeGreaterThan(5);
  for (const chunk of later) expect.soft(gzipped(chunk.file) / KB, chunk.file).toBeLessThanOrEqual(45);
});

/** Every style sheet that loads with these modules: a page's own comes along with it. */
function stylesOf(...keys: string[]): Set<string> {
  const seen = new Set<string>();
  const styles = new Set<string>();
  const visit = (key: string) => {
    if (seen.has(key)) return;
    seen.add(key);
    manifest[key]?.css?.forEach((file) => styles.add(file));
    manifest[key]?.imports?.forEach(visit);
  };
  keys.forEach(visit);
  return styles;
}

test.each(Object.entries(HOSTS))("at %s. all styles that any page needs fit in 10 KB", (_host, app) => {
  expect(weigh(stylesOf(...shellOf(app)))).toBeGreaterThan(0);
  for (const page of pagesOf(app)) expect.soft(weigh(stylesOf(...shellOf(app), page)) / KB, page).toBeLessThanOrEqual(10);
});

test("the landing page with its styles fits in 15 KB", () => {
  const styles = readdirSync(path.join(out, "assets")).filter((file) => file.endsWith(".css"));
  expect((gzipped("landing.html") + weigh(styles.filter((file) => file.startsWith("landing")).map((file) => `assets/${file}`))) / KB).toBeLessThanOrEqual(15);
});

test("no page holds an inline script or style, and the landing page no script at all", () => {
  const pages = ["index.html", "landing.html"].map((page) => readFileSync(path.join(out, page), "utf8"));
  for (const page of pages) {
    expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=/i);
    expect([...page.matchAll(/<script\b[^>]*>([^<]*)<\/script>/g)].map((script) => script[1]?.trim()).join("")).toBe("");
  }
  expect(pages[1]).not.toContain("<script");
});

test("no file of the app sets a style by attribute or evaluates text: the content policy forbids both", () => {
  for (const file of readdirSync(path.join(out, "assets")).filter((name) => name.endsWith(".js"))) {
    const code = readFileSync(path.join(out, "assets", file), "utf8");
    expect.soft(code, file).not.toMatch(/<[a-z][^>`]*\sstyle=|\beval\(|new Function\(/);
  }
});
