/** What a text that arrived means for whether its sender may be written to, and whether we answer it. Pure. */
import type { TextHook } from "../../providers/registry";
import type { classify } from "../consent/service";

/** A text that somebody sent to the shop. */
export type ArrivedText = Extract<TextHook, { readonly kind: "arrived" }>;

type Classified = ReturnType<typeof classify>;

/** What it means. `isAnswered`: Twilio has answered it by itself, and would let no answer of ours through to whoever said stop. */
export type Meaning = { readonly kind: Classified["kind"]; readonly isAnswered: boolean; readonly language: Classified["language"] };

/**
 * What a text means, by its words and by what Twilio took it for: a stop by either is one. Twilio answers STOP and START
 * always where it knows the word; HELP it answers with words of its own alone, unless the shop wrote them at Twilio
 * (Advanced Opt-Out, which is the one that says `optOutType`).
 */
export function meaningOf({ optOutType }: Pick<ArrivedText, "optOutType">, { kind, isTwiliosOwn, language }: Classified): Meaning {
  const isStop = kind === "stop" || optOutType === "stop";
  const meant = isStop ? "stop" : optOutType ?? kind;
  const isTwilios = optOutType === meant || (isTwiliosOwn && kind === meant);
  return { kind: meant, isAnswered: meant === "help" ? optOutType === "help" : isTwilios, language };
}

/** A number in E.164, as people's phones have them; short codes and senders with names cannot be written to, and say nothing for anybody. */
export function isPhone(from: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(from);
}

/** Who answers, how to be reached otherwise, and where else a stop is heard. */
type Answering = { readonly displayName: string; readonly helpContact: string; readonly stopUrl: string };

type Words = (line: Answering) => string;

/** What we answer, in the language of what was said: who we are, what was understood, how it is undone. Nothing else may stand in it. */
const ANSWERS = {
  stop: {
    en: ({ displayName }) => `${displayName}: You are unsubscribed and will get no more messages from us. Reply START to get them again.`,
    es: ({ displayName }) => `${displayName}: Su baja está hecha y no recibirá más mensajes nuestros. Responda START para recibirlos de nuevo.`,
  },
  start: {
    en: ({ displayName }) => `${displayName}: You will get messages from us again. Reply STOP to end them.`,
    es: ({ displayName }) => `${displayName}: Recibirá de nuevo mensajes nuestros. Responda STOP para terminarlos.`,
  },
  help: {
    en: ({ displayName, helpContact, stopUrl }) => `${displayName}: For help, contact ${helpContact}. Message and data rates may apply. Reply STOP to get no more messages, or say so at ${stopUrl}`,
    es: ({ displayName, helpContact, stopUrl }) => `${displayName}: Para ayuda: ${helpContact}. Pueden aplicarse tarifas de mensajes y datos. Responda STOP para no recibir más mensajes, o dígalo en ${stopUrl}`,
  },
} as const satisfies Record<string, Record<Meaning["language"], Words>>;

/** The words of an answer. */
export function answerTo(kind: keyof typeof ANSWERS, language: Meaning["language"], line: Answering): string {
  return ANSWERS[kind][language](line);
}
