/**
 * What a reply says about being written to. Nothing that takes consent back is taken for something else; what only may
 * mean it is held until a person has read it. Pure.
 */
import { STOP_SIGNS, COURTESIES, HELP_IN_SPANISH, SMALL_WORDS, STOP_WORDS, STOP_WORDS_ELSEWHERE, STOP_WORDS_IN_SPANISH, STRONG_STOP_WORDS, TWILIOS_OWN, WEAK_STOP_WORDS, WORDS_OF_THEIR_OWN } from "./reply-words";
import { isDoubtful, isReaction } from "./reply-doubts";
import { ASKED, NEGATED, ON_A_CONDITION, PERHAPS_NEGATED, REVOCATIONS, REVOCATIONS_IN_SPANISH } from "./reply-patterns";
import { foldDisguised, foldReply, isWordless, type ReplyText } from "./reply-text";

/** What a reply means. `held`: it may mean stop, and a person must read it. */
export type Meaning = "stop" | "start" | "help" | "held" | "none";

/** `isTwiliosOwn`: Twilio itself knows the word, blocks or lifts, and answers by itself. `language`: in which to answer. */
export type Classified = { readonly kind: Meaning; readonly isTwiliosOwn: boolean; readonly language: "en" | "es" };

/**
 * Reads a reply of any length and alphabet. START and its like count as the whole message alone, and must count for
 * nobody who is not out: "yes" is an answer to many questions.
 */
export function classify(words: string): Classified {
  const own = ownWord(words);
  if (own !== null) return { kind: own, isTwiliosOwn: true, language: "en" };
  const text = foldReply(words);
  const kind = isReaction(words) ? "none" : meaningOf(text, words);
  return { kind, isTwiliosOwn: false, language: languageOf(text) };
}

/** Whether the whole message is a "yes": it opts somebody in who is out, and answers a question of anybody else. */
export function isAnswer(words: string): boolean {
  return foldReply(words).squashed === "yes";
}

/** Twilio compares the whole message, trimmed, without regard to case; anything about the word and it is not Twilio's. */
function ownWord(words: string): "stop" | "start" | "help" | null {
  const word = words.trim().toLowerCase();
  return (["stop", "start", "help"] as const).find((kind) => TWILIOS_OWN[kind].has(word)) ?? null;
}

function meaningOf(text: ReplyText, words: string): Meaning {
  if (isStopWord(text.squashed) || isStopWord(foldDisguised(words).squashed)) return "stop";
  const alone = text.words.length === 1 ? text.squashed : "";
  if (TWILIOS_OWN.start.has(alone)) return "start";
  if (TWILIOS_OWN.help.has(alone) || HELP_IN_SPANISH.has(alone)) return "help";
  if (isWordless(text)) return STOP_SIGNS.test(words) ? "held" : "none";
  if (isSaidPolitely(text.words)) return "stop";
  if (isSlipOfTheThumb(text.squashed)) return "held";
  return meaningOfSentences(text.sentences);
}

/** A word that stops, alone: spaced out, repeated, drawn out, with or without what goes with it. */
function isStopWord(squashed: string): boolean {
  return [squashed, squashed.replaceAll(/(.)\1{2,}/gu, "$1"), squashed.replaceAll(/(.)\1{2,}/gu, "$1$1")].some((word) => (
    STOP_WORDS.has(word) || STOP_WORDS_IN_SPANISH.has(word) || STOP_WORDS_ELSEWHERE.has(word) || RUN_TOGETHER.test(word)
  ));
}

const RUN_TOGETHER = /^(?:please|pls|plz)?(?:(?:stop|unsubscribe|optout)(?:all|now|please|pls|plz|me|this|texts?|texting|sms|messages?|messaging|msgs?|thanks|already)*)+$/u;

/** One strong word among small ones, or a weak one among courtesies alone. */
function isSaidPolitely(words: readonly string[]): boolean {
  const joined = joinLetters(words);
  const rest = joined.filter((word) => !COURTESIES.has(word));
  if (rest.length > 0 && rest.every((word) => WEAK_STOP_WORDS.has(word) || STRONG_STOP_WORDS.has(word))) return true;
  const said = rest.filter((word) => !SMALL_WORDS.has(word));
  return said.length > 0 && said.every((word) => STRONG_STOP_WORDS.has(word));
}

/** "s t o p please" has one word and a courtesy; "opt out" is one word. */
function joinLetters(words: readonly string[]): readonly string[] {
  return words.join(" ").replaceAll(/\b(?:\p{L} ){2,}\p{L}\b/gu, (spaced) => spaced.replaceAll(" ", "")).replaceAll(/\bopt out\b/g, "optout").split(" ");
}

/** One letter too many, too few, wrong or exchanged, in a word of its own that is none. */
function isSlipOfTheThumb(squashed: string): boolean {
  return !WORDS_OF_THEIR_OWN.has(squashed) && ["stop", "unsubscribe", "cancel", "revoke", "optout", "stopall"].some((word) => isOneSlipAway(squashed, word));
}

function isOneSlipAway(written: string, meant: string): boolean {
  if (Math.abs(written.length - meant.length) > 1) return false;
  const start = Array.from(meant).findIndex((letter, index) => written[index] !== letter);
  if (start < 0) return true;
  const [has, wants] = [written.slice(start), meant.slice(start)];
  const exchanged = `${wants[1] ?? ""}${wants[0] ?? ""}${wants.slice(2)}`;
  return has.slice(1) === wants.slice(1) || has.slice(1) === wants || has === wants.slice(1) || has === exchanged;
}

function meaningOfSentences(sentences: readonly string[]): Meaning {
  const meanings = sentences.map((sentence) => meaningOfSentence(sentence));
  if (meanings.includes("stop")) {
    const isQualified = sentences.some((sentence, index) => ON_A_CONDITION.test(sentence) || (meanings[index] !== "stop" && ASKS_TO_BE_REACHED.test(sentence)));
    return isQualified ? "held" : "stop";
  }
  const together = sentences.filter((sentence) => !NEGATED.test(sentence)).join(" ");
  return meanings.includes("held") || isDoubtful(together) ? "held" : "none";
}

/** A sentence of its own that only stops is a stop beside thanks, and read by a person beside anything else. */
function meaningOfSentence(sentence: string): "stop" | "held" | "none" {
  const rest = sentence.replace(NEGATED, "").trim();
  if (rest !== sentence) return revokes(rest) || isDoubtful(rest) ? "held" : "none";
  if (revokes(sentence)) return ASKED.test(sentence) || PERHAPS_NEGATED.test(sentence) ? "held" : "stop";
  const isStopAlone = isSaidPolitely(sentence.split(" ")) || isStopWord(sentence.replaceAll(" ", ""));
  return isStopAlone || isDoubtful(sentence) ? "held" : "none";
}

const ASKS_TO_BE_REACHED = /(?<!not |dont |never |dnt |longer |to )\b(?:text|call|email|message|contact) (?:me|us)\b/u;

function revokes(sentence: string): boolean {
  return REVOCATIONS.some((pattern) => pattern.test(sentence)) || REVOCATIONS_IN_SPANISH.some((pattern) => pattern.test(sentence));
}

function languageOf({ words, squashed, sentences }: ReplyText): "en" | "es" {
  const isSpanish = STOP_WORDS_IN_SPANISH.has(squashed) || HELP_IN_SPANISH.has(squashed) || words.some((word) => SPANISH.has(word))
    || sentences.some((sentence) => REVOCATIONS_IN_SPANISH.some((pattern) => pattern.test(sentence)));
  return isSpanish ? "es" : "en";
}

const SPANISH: ReadonlySet<string> = new Set(["favor", "porfavor", "gracias", "mensajes", "hola", "quiero", "numero", "mas", "paren", "alto", "basta", "dejen", "escriban", "envien", "ustedes", "lista"]);
