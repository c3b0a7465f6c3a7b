/** Which hosts there are, and that everything else is the same nothing (attacks 15 and 24). */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCard } from "../../src/features/people/service";
import { siteOf } from "../../src/http/site";
import { createBrowser, createTestWorld, originOf, type Browser } from "../support/app";
import { environmentOf } from "../support/environment";
import { staticFiles } from "../support/static-files";
import { enteredBrowser, givenPerson, givenShop } from "../support/people";

const world = createTestWorld();
let mara: PersonCard;
let member: Browser;

beforeAll(async () => {
  mara = await givenPerson(world, "Mara");
  await givenShop(world, "harbour", mara);
  member = await enteredBrowser(world, mara, await givenShop(world, "closed", mara));
  await env.DIRECTORY.prepare("UPDATE shop SET state = 'closed' WHERE slug = 'closed'").run();
});

/** Everything of an answer that a stranger can see. */
async function seen(browser: Browser, method: string, url: string, headers: Record<string, string>): Promise<string> {
  const answer = await browser.api(method, url, { headers });
  return JSON.stringify([answer.status, Object.fromEntries(answer.headers), await answer.text()]);
}

describe("a shop that does not exist", () => {
  const PATHS = [
    ["GET", "/"], ["GET", "/days"], ["GET", "/api/shop"], ["GET", "/api/connections"], ["GET", "/api/nothing"], ["POST", "/api/sign-out"], ["POST", "/api/connections"],
    ["PUT", "/api/locations/x"], ["GET", "/enter/start?to=/"], ["GET", "/enter?code=x"], ["GET", "/enter"], ["GET", "/assets/none.js"], ["GET", "/sign-in"], ["HEAD", "/"],
  ] as const;

  it.each(["text/html", "application/json"])("is one with a closed shop and with a host that is nobody's, to whoever asks for %s", async (accept) => {
    for (const [method, path] of PATHS) {
      const hosts = ["nosuch", "closed", "admin", "xn--80ak6aa92e", "hq-big", "a.harbour", "auth.auth", "-", "_dmarc"].map((label) => originOf(label));
      const answers = new Set<string>();
      for (const origin of [...hosts, "http://evil.example", "http://127.0.0.1:8787"]) {
        answers.add(await seen(createBrowser(world), method, `${origin}${path}`, { accept }));
      }
      answers.add(await seen(member, method, `${originOf("closed")}${path}`, { accept }));
      expect([path, answers.size]).toEqual([path, 1]);
      expect([...answers][0]).toMatch(/^\[404,/);
    }
  });
});

describe("the host", () => {
  it("is the address's: no other header is believed", async () => {
    const headers = { "x-forwarded-host": new URL(originOf("harbour")).host, forwarded: "host=harbour.localhost:8787", "x-original-host": "harbour.localhost:8787", "x-host": "auth.localhost:8787" };
    expect((await createBrowser(world).api("GET", "http://evil.example/api/shop", { headers })).status).toBe(404);
    const left = await createBrowser(world).get(`${originOf("harbour")}/enter/start`, { "x-forwarded-host": "evil.example" });
    expect(new URL(left.headers.get("location") ?? "").host).toBe(new URL(originOf("auth")).host);
  });

  it("is exactly the domain's, with its port and without a dot or a name in front or behind", () => {
    const config = { domain: "daybook.example" };
    const siteAt = (url: string) => siteOf(new URL(url).host, config).kind;
    for (const url of ["https://harbour.daybook.example/", "https://HARBOUR.Daybook.EXAMPLE/", "https://harbour.daybook.example:443/", "https://evil.example@harbour.daybook.example/"]) {
      expect([url, siteAt(url)]).toEqual([url, "shop"]);
    }
    for (const url of [
      "https://harbour.daybook.example:8443/", "https://harbour.daybook.example./", "https://harbour.daybook.example.evil.example/", "https://harbourdaybook.example/",
      "https://harbour.daybook.example@evil.example/", "https://a.harbour.daybook.example/", "https://.daybook.example/", "https://harbour..daybook.example/",
      "https://x.daybook.example/", "https://-bour.daybook.example/", "https://harbour-.daybook.example/", "https://ha_bour.daybook.example/", "https://hárbour.daybook.example/",
      "https://hq-.daybook.example/", "https://hq-a.daybook.example/", "https://hq-xn--a.daybook.example/", `https://${"a".repeat(41)}.daybook.example/`, "https://ops.daybook.example/", "https://square.daybook.example/",
    ]) {
      expect([url, siteAt(url)]).toEqual([url, "unknown"]);
    }
    expect(["https://daybook.example/", "https://auth.daybook.example/", "https://files.daybook.example/", "https://hq-chain.daybook.example/"].map(siteAt)).toEqual(["public", "auth", "files", "hq"]);
  });

  it("has its own routes only: a shop's are not at auth., auth.'s not at a shop's, and the public pages have none", async () => {
    const at = async (label: string, method: string, path: string) => (await createBrowser(world).api(method, `${label === "" ? "http://localhost:8787" : originOf(label)}${path}`)).status;
    expect(await at("harbour", "POST", "/api/sign-in")).toBe(404);
    expect(await at("harbour", "GET", "/api/me")).toBe(404);
    expect(await at("auth", "GET", "/api/shop")).toBe(404);
    expect(await at("auth", "GET", "/api/connections")).toBe(404);
    expect([await at("", "GET", "/api/shop"), await at("", "POST", "/api/sign-in"), await at("", "GET", "/enter")]).toEqual([404, 404, 404]);
  });

  it("is no part of a path: a path that spells out how routes are found is a page like any other", async () => {
    const browser = createBrowser(world, environmentOf({ ASSETS: staticFiles }));
    for (const url of [`${originOf("auth")}/shop/api/shop`, `${originOf("harbour")}/auth/api/me`, `${originOf("harbour")}//auth/api/me`]) {
      expect([url, await (await browser.get(url)).text()]).toEqual([url, "the app"]);
    }
  });
});
