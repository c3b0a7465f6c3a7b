/** What replies mean: no opt-out is missed, and no ordinary reply is taken for one, however it is written. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classify } from "../../../src/features/consent/rules";
import { REPLIES, type Label } from "./replies";

/** What each label may be taken for. */
const ALLOWED: Readonly<Record<Label, readonly string[]>> = {
  stop: ["stop"], revoked: ["stop", "held"], mixed: ["none", "held"], ordinary: ["none"], start: ["start"], help: ["help"],
};

describe.each(Object.entries(ALLOWED))("replies labelled %s", (label, allowed) => {
  it(`are taken for ${allowed.join(" or ")}, every one`, () => {
    const wrong = REPLIES[label as Label].filter((reply) => !allowed.includes(classify(reply).kind));
    expect(wrong.map((reply) => [reply, classify(reply).kind])).toEqual([]);
  });
});

const KEYWORDS = ["stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out", "alto", "baja", "parar", "cancelar", "no más", "detener", "salir"];
const AROUND = fc.array(fc.constantFrom(" ", "\n", "\t", ".", ",", "!", "?", "…", "\"", "'", "“", "”", "*", "#", "~", "_", "-", "(", ")", "😡", "🛑", "👍🏽", "🇺🇸", "❤️", "\u00a0"), { maxLength: 8 })
  .map((parts) => parts.join(""));

describe("a word that stops", () => {
  it("does so in any case, among any punctuation, space and pictures", () => {
    const cased = fc.constantFrom(...KEYWORDS).chain((word) => fc.array(fc.boolean(), { minLength: word.length, maxLength: word.length })
      .map((isUpper) => Array.from(word, (letter, index) => (isUpper[index] === true ? letter.toUpperCase() : letter)).join("")));
    fc.assert(fc.property(AROUND, cased, AROUND, (before, word, after) => {
      expect(classify(before + word + after).kind).toBe("stop");
    }), { numRuns: 1_000 });
  });

  it("does so with anything invisible or a space between its letters, and in full width", () => {
    const between = fc.constantFrom(" ", ".", "-", "\u200b", "\u00ad", "\u2060", "\ufe0f", "\u0301", "\u3164");
    fc.assert(fc.property(fc.constantFrom(...KEYWORDS), between, fc.boolean(), (word, gap, isWide) => {
      const letters = Array.from(word, (letter) => (isWide && /[a-z]/.test(letter) ? String.fromCodePoint(letter.charCodeAt(0) + 0xfee0) : letter));
      expect(classify(letters.join(gap)).kind).toBe("stop");
    }));
  });

  it("is Twilio's own only as Twilio compares it: the whole message, trimmed, in any case", () => {
    expect(["STOP", " optout\n", "Start", "INFO"].map((word) => classify(word).isTwiliosOwn)).toEqual([true, true, true, true]);
    expect(["STOP.", "opt out", "alto", "please stop", "ＳＴＯＰ", "hello"].map((word) => classify(word).isTwiliosOwn)).toEqual([false, false, false, false, false, false]);
  });

  it("is answered in the language that it was said in", () => {
    expect(["alto", "no me escriban más", "por favor no más mensajes", "ayuda"].map((word) => classify(word).language)).toEqual(["es", "es", "es", "es"]);
    expect(["stop", "please don't text me again", "🛑"].map((word) => classify(word).language)).toEqual(["en", "en", "en"]);
  });
});

describe("a word that begins texts again", () => {
  it("counts as the whole message alone", () => {
    fc.assert(fc.property(fc.constantFrom("start", "yes", "unstop"), fc.stringMatching(/^[a-z]{1,8}$/), fc.boolean(), (word, other, isBefore) => {
      expect(classify(isBefore ? `${other} ${word}` : `${word} ${other}`).kind).not.toBe("start");
    }));
  });
});

it("reads whatever it is given, and never for long", { timeout: 10_000 }, () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (reply) => {
    expect(["stop", "start", "help", "held", "none"]).toContain(classify(reply).kind);
  }));
  // What a pattern could lose itself in: each would take for ever where the time grows with more than the length.
  const tiring = ["stop sending me all the ", "please don't ", "no more ", "i want to ", "s t o p ", "no quiero mas "].map((part) => classify(part.repeat(4_000)).kind);
  expect(tiring).toHaveLength(6);
});
