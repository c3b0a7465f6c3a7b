/** A letter is written with its act, sealed, sent once, and its words are gone. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { lookAfterLetters } from "../../../src/features/mail/jobs";
import { DAY, MINUTE } from "../../../src/kernel/clock";
import { createTestWorld } from "../../support/app";
import { codeIn, lettersTo, linkIn } from "../../support/mail";
import { createQueue } from "../../support/queue";
import { createJobs } from "../../../src/jobs";
import { deliver, letterTo, post, rowsOf } from "./outbox";

describe("a letter", () => {
  it("goes from the act's batch through the queue to the person, once", async () => {
    const world = createTestWorld();
    const queue = createQueue(world.clock);
    const bindings = { ...env, MAIL_QUEUE: queue.binding };
    await post(world, letterTo("ada@example.com"), bindings);
    expect(await queue.deliver(createJobs(world).queue, bindings)).toBe(1);
    expect(world.mail.control.letters()).toMatchObject([
      { to: ["ada@example.com"], from: "Daybook <post@daybook.example>", subject: "A new device signed in", attachments: [] },
    ]);
    expect(queue.waiting()).toEqual([]);
  });

  it("says the same in text and in HTML: sentences, a code, a link to Daybook, and what it carries", async () => {
    const world = createTestWorld();
    const url = "http://auth.localhost:8787/link#token=abc&x=1";
    await post(world, letterTo("words@example.com", {
      paragraphs: ["First.", "Second."], code: "012345", button: { text: "Sign in", url },
      attachments: [{ name: "checkpoint.txt", type: "text/plain", text: "naïve ✓" }],
    }));
    const [letter] = await lettersTo(world, "words@example.com");
    if (letter === undefined) throw new Error("no letter came");
    expect(letter.text).toBe(`First.\n\nSecond.\n\n012345\n\nSign in:\n${url}\n\nDaybook: the day at the till, in the books.\n`);
    expect([linkIn(letter), codeIn(letter)]).toEqual([url, "012345"]);
    for (const part of ["<p>First.</p>", "<p>Second.</p>", "012345</p>", 'href="http://auth.localhost:8787/link#token=abc&amp;x=1"']) expect(letter.html).toContain(part);
    expect(letter.attachments).toEqual([{ name: "checkpoint.txt", type: "text/plain", text: "naïve ✓" }]);
  });

  it("is sealed while it waits, and its words are gone from the database once it was sent", async () => {
    const world = createTestWorld();
    await post(world, letterTo("sealed@example.com", { subject: "quixotic subject", code: "987654" }));
    const [waiting] = await rowsOf("sealed@example.com");
    expect(waiting).toMatchObject({ state: "waiting", sealed_words: expect.stringMatching(/^v1\.k1\.[\w-]+$/) as string, finished_at: null });
    await lettersTo(world, "sealed@example.com");
    const [sent] = await rowsOf("sealed@example.com");
    expect(sent).toMatchObject({ state: "sent", sealed_words: null, finished_at: world.clock() });
    expect(world.lines.join("\n")).not.toMatch(/quixotic|987654|sealed@example/);
    expect(world.lines.join("\n")).toContain(`"event":"mail.sent","letterId":"${sent?.id}","kind":"new_device"`);
  });

  it("whose message was lost is found by cron a quarter of an hour later, and not asked for twice", async () => {
    const world = createTestWorld();
    await post(world, letterTo("lost@example.com"));
    const queue = createQueue(world.clock);
    const bindings = { ...env, MAIL_QUEUE: queue.binding };
    await lookAfterLetters({ world, env: bindings });
    expect(queue.waiting()).toEqual([]);
    world.pass(15 * MINUTE);
    await lookAfterLetters({ world, env: bindings });
    await lookAfterLetters({ world, env: bindings });
    expect(await queue.deliver(createJobs(world).queue, bindings)).toBe(1);
    expect(world.mail.control.letters("lost@example.com")).toHaveLength(1);
  });

  it("is written even when the queue is away, and then cron sends it", async () => {
    const world = createTestWorld();
    const away = { ...env, MAIL_QUEUE: { sendBatch: async () => await Promise.reject(new Error("the queue is away")) } as unknown as Queue };
    await post(world, letterTo("away@example.com"), away);
    expect(world.lines.join()).toContain('"event":"mail.not_queued"');
    expect(await lettersTo(world, "away@example.com")).toHaveLength(1);
  });

  it("is forgotten a month after it was finished", async () => {
    const world = createTestWorld();
    await post(world, letterTo("month@example.com"));
    await lettersTo(world, "month@example.com");
    world.pass(30 * DAY);
    await lookAfterLetters({ world, env });
    expect(await rowsOf("month@example.com")).toHaveLength(1);
    world.pass(1);
    await lookAfterLetters({ world, env });
    expect(await rowsOf("month@example.com")).toEqual([]);
    expect(await deliver(world, "a".repeat(26))).toBeNull();
  });
});
