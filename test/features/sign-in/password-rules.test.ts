/** Which passwords are taken: long ones that nobody tries first. */
import { describe, expect, it } from "vitest";
import { isBreached } from "../../../src/features/sign-in/breaches";
import { newPassword } from "../../../src/features/sign-in/contract";
import { passwordProblem } from "../../../src/features/sign-in/password-rules";
import { hashNewPassword } from "../../../src/features/sign-in/service";
import { createTestWorld } from "../../support/app";
import { environmentOf } from "../../support/environment";
import { HAS_VECTORS, vectorFile } from "../../support/vectors";

const near = ["Mara Lindqvist", "mara.lindqvist@harbour.example", "Harbour Coffee", "harbour-coffee"];

describe("the length of a password", () => {
  it.each(["twelve chars", "            ", "🐟🐠🐡🦈🐳🐋🐬🦭🐙🦑🦐🦞", "пароль из слов", "x".repeat(1_000), "with\ttabs and\u0000a NUL"])("%j is enough", (text) => {
    expect(newPassword.safeParse(text).success).toBe(true);
  });

  it.each(["", "eleven char", "🐟🐠🐡🦈🐳🐋", "cafe\u0301cafe\u0301ca\u0301", "x".repeat(1_001)])("%j is not, or is too much", (text) => {
    expect(newPassword.safeParse(text).success).toBe(false);
  });
});

describe("a password that is tried first", () => {
  it.skipIf(!HAS_VECTORS)("is refused: every one of the 10,000 most common that is long enough, in any case", async () => {
    const list = (await (await vectorFile("passwords/common-10000.txt")).text()).split(/\r?\n/);
    const longEnough = list.filter((one) => newPassword.safeParse(one).success);
    expect(longEnough.length).toBeGreaterThan(20);
    expect(longEnough.flatMap((one) => [one, one.toUpperCase()]).filter((one) => passwordProblem(one, []) === null)).toEqual([]);
  });

  it.each([
    "aaaaaaaaaaaa", "abcabcabcabc", "daybookdaybook", "trustno1trustno1", "abcdefghijklm", "123456789012", "987654321098", "password1234", "Password!!!2026",
    "mara.lindqvist@harbour.example", "MaraLindqvist1", "Harbour Coffee 26", "harbour-coffee!", "Daybook-2026!",
  ])("%j is refused", (text) => {
    expect(passwordProblem(text, near)).not.toBeNull();
  });

  it.each([
    "correct horse battery staple", "mara loves the sea in winter", "daybook is where I do my books", "tiger lamp seven river", "!!!!!!?????......",
    "harbour lights at midnight", "q7#fK2p!zR9m", "aaaaaaaaaaab", "the rest of the list", "🐟🐠🐡🦈🐳🐋🐬🦭🐙🦑🦐🦞",
  ])("%j is taken", (text) => {
    expect(passwordProblem(text, near)).toBeNull();
  });

  it("takes no longer to be judged for being long", () => {
    for (const text of ["a".repeat(1_000), "ab".repeat(500), `${"a".repeat(999)}b`, "mara ".repeat(200)]) passwordProblem(text, near);
    expect(passwordProblem(`${"mara".repeat(249)}b`, near)).not.toBeNull();
  });
});

/** SHA-1 of "correct horse battery staple". */
const SHA1 = "ABF7AAD6438836DBE526AA231ABDE2D0EEF74D42";

describe("a password from a breach", () => {
  const asked: Request[] = [];
  const world = createTestWorld();
  const answering = (answer: (request: Request) => Promise<Response>) => ({
    ...world, transport: () => async (request: Request) => {
      asked.push(request);
      return await answer(request);
    },
  });
  const lines = (...found: readonly string[]) => answering(async () => new Response(found.join("\r\n")));
  const env = environmentOf({ BREACH_CHECK: "on" });
  const secret = "correct horse battery staple";

  it("is found by the first five characters of its hash, and nothing more leaves", async () => {
    expect(await isBreached(lines("0018A45C4D1DEF81644B54AB7F969B88D65:3", `${SHA1.slice(5)}:412`), env, secret)).toBe(true);
    const request = asked.at(-1);
    expect([request?.method, request?.url, request?.headers.get("add-padding")]).toEqual(["GET", `https://api.pwnedpasswords.com/range/${SHA1.slice(0, 5)}`, "true"]);
    expect(JSON.stringify([...(request?.headers ?? [])])).not.toContain(SHA1.slice(5, 12));
  });

  it("is not found among others, nor in the lines that are only padding", async () => {
    expect(await isBreached(lines("0018A45C4D1DEF81644B54AB7F969B88D65:3"), env, secret)).toBe(false);
    expect(await isBreached(lines(`${SHA1.slice(5)}:0`), env, secret)).toBe(false);
  });

  it.each([
    ["does not answer in two seconds", async () => await new Promise<Response>(() => undefined)],
    ["breaks", async () => await Promise.reject(new Error("network"))],
    ["answers 503", async () => new Response("", { status: 503 })],
    ["redirects", async () => new Response("", { status: 302, headers: { location: "https://evil.example/" } })],
    ["answers without end", async () => new Response("0".repeat(300_000))],
  ])("keeps nobody waiting when the list %s: it is noted, and the list of common ones still holds", async (_, answer) => {
    const before = world.lines.length;
    const broken = answering(answer);
    expect(await isBreached(broken, env, secret)).toBe(false);
    expect(world.lines.slice(before).join()).toContain("breaches.unavailable");
    expect(world.lines.join()).not.toContain(SHA1.slice(0, 5));
    expect(await hashNewPassword(broken, env, "qwerty123456", [])).toMatchObject({ ok: false });
  });

  it("is refused where the switch is on, and not looked up where it is off", async () => {
    const found = lines(`${SHA1.slice(5)}:1`);
    expect(await hashNewPassword(found, env, secret, [])).toMatchObject({ ok: false, failure: { kind: "invalid_input", fields: [{ path: "password" }] } });
    const before = asked.length;
    expect((await hashNewPassword(found, environmentOf({ BREACH_CHECK: "off" }), secret, [])).ok).toBe(true);
    expect(asked).toHaveLength(before);
  });
});
