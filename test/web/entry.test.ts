import { describe, expect, test } from "vitest";
import { returnPath } from "../../src/features/sessions/contract";
import { mailProofRequest, SHORTEST_PASSWORD } from "../../src/features/sign-in/contract";
import { backOf, enterAddress, enterOf, onwards, proveAddress, siteAddress } from "../../web/src/addresses";
import { letterLink } from "../../web/src/pages/link/letters";
import { codeOf, problemsOfCode } from "../../web/src/ui/code";
import { problemsOfEmail } from "../../web/src/ui/email";
import { guessedCurrency, slugFrom } from "../../web/src/ui/new-shop";
import { problemsOfPassword, SHORTEST, strengthOf } from "../../web/src/ui/password";

const here = { protocol: "https:", host: "auth.daybook.example" };

describe("signing in", () => {
  test("says what is missing of an address", () => {
    expect(problemsOfEmail(" ")).toHaveLength(1);
    expect(problemsOfEmail("ada")).toHaveLength(1);
    expect(problemsOfEmail("a@b c@d")).toHaveLength(1);
    expect(problemsOfEmail(" ada@harbour.example ")).toEqual([]);
  });

  test("carries what the shop sent along, and nothing where no shop asked", () => {
    expect(enterOf({ site: "harbour", challenge: "c", to: "/mapping" })).toEqual({ site: "harbour", challenge: "c", to: "/mapping" });
    expect(enterOf({ site: "harbour" })).toBeUndefined();
    expect(enterOf({ site: ["a", "b"], challenge: "c" })).toBeUndefined();
    expect(onwards({ site: "harbour", challenge: "c", to: "/mapping", other: "x" })).toBe("?site=harbour&challenge=c&to=%2Fmapping");
    expect(onwards({})).toBe("");
  });

  test("comes back to the very address that was asked for", () => {
    const to = new URL(enterAddress("/days?month=2026-05&view=table"), "https://harbour.example").searchParams.get("to");
    expect(returnPath.parse(to)).toBe("/days?month=2026-05&view=table");
  });
});

describe("proving who one is for a site", () => {
  test("leads to auth. and back to the very page", () => {
    const away = new URL(proveAddress("confirm", { protocol: "https:", host: "hq-tide.daybook.example:8787" }, "/shops?sort=name"));
    expect(away.host).toBe("auth.daybook.example:8787");
    const back = backOf(Object.fromEntries(away.searchParams));
    expect(back).toEqual({ site: "hq-tide", to: "/shops?sort=name" });
    expect(siteAddress(here, back ?? { site: "", to: "" })).toBe("https://hq-tide.daybook.example/shops?sort=name");
  });

  test.each(["evil.example", "a", "auth", "harbour.evil", "harbour@evil", "", "-x", "HARBOUR", "harbour/x"])("never leads to %j", (site) => {
    expect(backOf({ site, to: "/" })).toBeUndefined();
  });

  test.each(["//evil.example", "/\\evil.example", "https://evil.example", "evil", "/a b", "/a#b", "javascript:alert(1)"])("takes %j for no path of the site", (to) => {
    expect(backOf({ site: "harbour", to })).toEqual({ site: "harbour", to: "/" });
  });
});

describe("a letter's link", () => {
  const token = `${"a".repeat(26)}.${"B".repeat(43)}`;

  test("is read with its purpose, and its proof is what the server takes", () => {
    expect(letterLink(`#change_address.${token}`)).toEqual({ purpose: "change_address", token });
    expect(mailProofRequest.safeParse({ token: letterLink(`#sign_in.${token}`)?.token }).success).toBe(true);
  });

  test.each(["", "#", "#sign_in", `#${token}`, `#sign_in.${token}x`, `#sign_in.${token.slice(0, -1)}`, `#delete_account.${token}`, `#sign_in.${token}&x`])("that was cut off or made up is none: %s", (fragment) => {
    expect(letterLink(fragment)).toBeNull();
  });
});

describe("a code", () => {
  test.each(["123456", "123 456", " 123-456\n", "１２３４５６"])("is taken as it was pasted: %j", (typed) => {
    expect(codeOf(typed)).toBe("123456");
    expect(problemsOfCode(typed, "x")).toEqual([]);
  });

  test.each(["", "12345", "1234567", "12345a"])("that is none is said to be: %j", (typed) => {
    expect(problemsOfCode(typed, "x")).toEqual([{ field: "code", text: "x" }]);
  });
});

describe("a new password", () => {
  test("is as long as the server asks for, counted as the server counts", () => {
    expect(SHORTEST).toBe(SHORTEST_PASSWORD);
    expect(problemsOfPassword("🦀".repeat(11))).toHaveLength(1);
    expect(problemsOfPassword("🦀".repeat(12))).toEqual([]);
  });

  test("is called strong by its length", () => {
    expect(["", "short", "x".repeat(12), "x".repeat(16), "x".repeat(24)].map(strengthOf)).toEqual(["", "7 more characters", "Good", "Strong", "Very strong"]);
  });
});

describe("a new shop", () => {
  test.each([["Ada’s Café & Books", "adas-cafe-books"], ["  Harbour  ", "harbour"], ["東京", ""], ["Übermaß 24/7", "uberma-24-7"], ["-x-", "x"], ["a".repeat(60), "a".repeat(40)]])("named %j is offered the address %j", (name, slug) => {
    expect(slugFrom(name)).toBe(slug);
  });

  test.each([["en-US", "USD"], ["en-GB", "GBP"], ["de", "EUR"], ["fr-CA", "CAD"], ["tlh", "USD"]])("of a browser that speaks %s counts in %s", (language, currency) => {
    expect(guessedCurrency(language)).toBe(currency);
  });
});
