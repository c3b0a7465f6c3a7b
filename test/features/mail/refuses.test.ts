/** Letters that must not go out as they were asked for, or not at all; and what an outage does to one that must. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { postLetter, type Letter } from "../../../src/features/mail/service";
import { createJobs } from "../../../src/jobs";
import { DAY, HOUR, MINUTE } from "../../../src/kernel/clock";
import { directoryDb } from "../../../src/platform/database";
import { createTestWorld } from "../../support/app";
import { environmentOf } from "../../support/environment";
import { lettersTo } from "../../support/mail";
import { deliverOne } from "../../support/queue";
import { deliver, letterTo, post, rowsOf } from "./outbox";

const HOSTILE = "Eve\r\nBcc: all@example.com\u2028\u202e<script>alert(1)</script>\u0000=?utf-8?q?=0d=0a?= \"><a href=//evil.example>win</a> &amp; \ud800";

describe("names that people chose", () => {
  it("start no header and no markup in a letter, whatever they hold", async () => {
    const world = createTestWorld();
    await post(world, letterTo("hostile@example.com", {
      subject: `${HOSTILE} invites you`, paragraphs: [`${HOSTILE} invites you.`], code: HOSTILE, button: { text: HOSTILE, url: "http://auth.localhost:8787/x?y='\"<b>" },
      attachments: [{ name: `../${HOSTILE}.txt`, type: "text/plain\r\nX-Evil: 1", text: HOSTILE }],
    }));
    const [letter] = await lettersTo(world, "hostile@example.com");
    if (letter === undefined) throw new Error("no letter came");
    expect(letter.to).toEqual(["hostile@example.com"]);
    expect(letter.subject).toMatch(/^Eve Bcc: all@example\.com <script>.* invites you$/);
    for (const header of [letter.subject, letter.attachments[0]?.name ?? "", letter.attachments[0]?.type ?? ""]) {
      expect(header).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]|=\?|[\ud800-\udfff]/u);
    }
    expect(letter.attachments[0]?.name).toMatch(/^[\w.-]+$/);
    expect(letter.text.split("\n\n")[0]).toMatch(/^Eve Bcc: .* invites you\.$/);
    const tags = [...letter.html.matchAll(/<(\/?[a-z!]+)/g)].map(([, tag]) => tag);
    expect(new Set(tags)).toEqual(new Set(["!doctype", "html", "head", "meta", "title", "/title", "style", "/style", "/head", "body", "main", "p", "/p", "a", "/a", "/main", "/body", "/html"]));
    expect(letter.html.match(/<a /g)).toHaveLength(1);
    expect(letter.html).toContain('href="http://auth.localhost:8787/x?y=&#39;&quot;&lt;b&gt;"');
  });

  it("are cut where they would fill a page", async () => {
    const world = createTestWorld();
    await post(world, letterTo("long@example.com", { subject: "\u{1f9fe}".repeat(5_000), paragraphs: ["x".repeat(9_000)] }));
    const [letter] = await lettersTo(world, "long@example.com");
    expect(letter?.subject).toHaveLength(200);
    expect(letter?.subject.isWellFormed()).toBe(true);
    expect(letter?.text.length).toBeLessThan(2_100);
  });
});

describe("a letter that only a mistake of ours could ask for", () => {
  const mistakes: readonly (readonly [string, Partial<Letter>])[] = [
    ["to two people", { to: "a@example.com,b@example.com" }], ["to a header", { to: "a@example.com\r\nBcc: b@example.com" }], ["to a name", { to: "Ada <ada@example.com>" }], ["to nobody", { to: "" }],
    ["of a kind that is a sentence", { kind: "ada@example.com signed in" }],
    ["that leads to another site", { button: { text: "Go", url: "http://auth.localhost:8787.evil.example/" } }],
    ["that leads to a site that only begins like ours", { button: { text: "Go", url: "http://evil-localhost:8787/" } }],
    ["that leads to a script", { button: { text: "Go", url: "javascript:alert(1)" } }],
    ["that leads elsewhere by a name before ours", { button: { text: "Go", url: "http://auth.localhost:8787@evil.example/" } }],
    ["that leads nowhere", { button: { text: "Go", url: "/link" } }],
    ["that carries a book", { attachments: [{ name: "book", type: "text/plain", text: "x".repeat(1_000_001) }] }],
    ["that is a book", { paragraphs: Array.from({ length: 61 }, () => "x") }],
  ];

  it.each(mistakes)("%s is not written", async (_, change) => {
    const world = createTestWorld();
    await expect(postLetter(world, env, directoryDb(env), letterTo("ada@example.com", change))).rejects.toThrow("assertion failed");
  });
});

describe("a letter that comes too late", () => {
  it("is not sent, and its words are gone", async () => {
    const world = createTestWorld();
    await post(world, letterTo("late@example.com", { usefulUntil: world.clock() + 10 * MINUTE }));
    world.pass(10 * MINUTE);
    expect(await lettersTo(world, "late@example.com")).toEqual([]);
    expect(await rowsOf("late@example.com")).toMatchObject([{ state: "given_up", sealed_words: null, finished_at: world.clock() }]);
    expect(world.lines.join()).toContain('"event":"mail.given_up"');
  });

  it("is one of more than a day, whatever it says: so long its id keeps it from going out twice", async () => {
    const world = createTestWorld();
    await post(world, letterTo("week@example.com", { usefulUntil: world.clock() + 7 * DAY }));
    expect(await rowsOf("week@example.com")).toMatchObject([{ expires_at: world.clock() + DAY }]);
  });
});

describe("a message on the mail queue", () => {
  it("that is none of a letter, or claims a shop, is dropped and logged without what it holds", async () => {
    const world = createTestWorld();
    const consume = createJobs(world).queue;
    const id = "a".repeat(26);
    const payloads = [null, "x", {}, { letterId: 1 }, { letterId: "quixotic" }, { letterId: id, shopId: id }, { letterId: id, extra: 1 }];
    for (const payload of payloads) {
      let comesAgain = false;
      const message = { id: "m", body: { kind: "send-letter", payload }, dueAt: 0, attempts: 1 };
      await deliverOne(message, "daybook-mail", { consume, env, again: () => void (comesAgain = true) });
      expect([payload, comesAgain]).toEqual([payload, false]);
    }
    expect(world.lines.filter((line) => line.includes('"queue.malformed"'))).toHaveLength(payloads.length);
    expect(world.lines.join()).not.toContain("quixotic");
  });
});

describe("while the post does not take a letter", () => {
  const world = createTestWorld();
  const { control } = world.mail;
  const written = async (name: string) => {
    await post(world, letterTo(`${name}@example.com`));
    return (await rowsOf(`${name}@example.com`))[0]?.id ?? "";
  };

  it("it comes again after the post's own delay, or later each time, and then arrives once", async () => {
    const id = await written("again");
    control.fault({ kind: "rate_limited", times: 1, retryAfterSeconds: 42 });
    expect(await deliver(world, id)).toBe(42);
    control.fault({ kind: "rate_limited", times: 1 });
    expect(await deliver(world, id, { attempts: 2 })).toBe(60);
    control.fault({ kind: "internal_error", times: 1 });
    expect(await deliver(world, id, { attempts: 3 })).toBe(240);
    control.fault({ kind: "empty", times: 1 });
    expect(await deliver(world, id, { attempts: 4 })).toBe(960);
    expect(await deliver(world, id, { attempts: 5 })).toBeNull();
    expect(control.letters("again@example.com")).toHaveLength(1);
  });

  it("cron leaves it to the queue until the queue should have had it", async () => {
    const id = await written("patient");
    control.fault({ kind: "rate_limited", times: 1, retryAfterSeconds: 3_600 });
    await deliver(world, id);
    expect(await rowsOf("patient@example.com")).toMatchObject([{ state: "waiting", due_at: world.clock() + HOUR + 15 * MINUTE }]);
  });

  it("because our own key is not taken, it waits for us to mend that", async () => {
    const id = await written("key");
    control.fault({ kind: "unauthorized", times: 1 });
    expect(await deliver(world, id, { attempts: 9 })).toBe(4 * 3_600);
    expect(await rowsOf("key@example.com")).toMatchObject([{ state: "waiting" }]);
  });

  it("because nobody could ever take it, it is given up at once", async () => {
    const other = environmentOf({ MAIL_FROM: "Daybook <post@daybook>", RESEND_API_KEY: env.RESEND_API_KEY, MASTER_KEYS: env.MASTER_KEYS });
    const id = await written("never");
    expect(await deliver(world, id, { bindings: other })).toBeNull();
    expect(await rowsOf("never@example.com")).toMatchObject([{ state: "given_up", sealed_words: null }]);
  });

  it("and the queue has had enough, it is given up, once", async () => {
    const id = await written("dead");
    expect(await deliver(world, id, { queue: "daybook-mail-dead" })).toBeNull();
    expect(await deliver(world, id, { queue: "daybook-mail-dead" })).toBeNull();
    expect(await rowsOf("dead@example.com")).toMatchObject([{ state: "given_up", sealed_words: null }]);
    expect(control.letters("dead@example.com")).toEqual([]);
    expect(world.lines.filter((line) => line.includes('"event":"mail.given_up"') && line.includes(id))).toHaveLength(1);
  });

  it("and its words do not open, it waits for the key; words of another letter never open", async () => {
    const [id, foreign] = [await written("closed"), await written("foreign")];
    const [words] = (await rowsOf("foreign@example.com")).map(({ sealed_words: sealed }) => sealed);
    await env.DIRECTORY.prepare("UPDATE letter SET sealed_words = ?1 WHERE id = ?2").bind(words, id).run();
    expect(await deliver(world, id)).toBe(15);
    expect(control.letters("foreign@example.com")).toEqual([]);
    expect(await deliver(world, foreign)).toBeNull();
    expect(control.letters("closed@example.com")).toEqual([]);
  });

  it("no address, no word and no key of it is in the log", () => {
    expect(world.lines.join("\n")).not.toMatch(/@example\.com|Lisbon|new device signed|re_daybook/i);
  });
});
