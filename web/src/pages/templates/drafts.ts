/** A template while it is written. */
import type { TemplateChange, TemplateView } from "../../../../src/features/messages/contract";
import type { FormProblem } from "../../ui/form";
import { LONGEST_TEXT } from "../inbox/before-sending";
import { editWords as words } from "./words";

/** Says who writes, and how to stop. */
export const NEW_TEMPLATE: TemplateChange = { name: "", kind: "other", channel: "text", subject: "", body: "Hi {{first_name}}, {{shop}} here: \nReply STOP to opt out.", version: 0 };

/** What is changed of one that is there. */
export function changeOf({ name, kind, channel, subject, body, version }: TemplateView): TemplateChange {
  return { name, kind, channel, subject, body, version };
}

/** As it is saved: without blanks around it, and a text without a subject. */
export function trimmed({ name, subject, body, ...rest }: TemplateChange): TemplateChange {
  return { ...rest, name: name.trim(), subject: rest.channel === "text" ? "" : subject.trim(), body: body.trim() };
}

/** What is missing of one that was trimmed. */
export function problemsOf({ name, channel, subject, body }: TemplateChange): FormProblem[] {
  const wrong = (isWrong: boolean, field: string, text: string) => (isWrong ? [{ field, text }] : []);
  return [
    ...wrong(name === "", "name", words.noName), ...wrong(channel === "email" && subject === "", "subject", words.noSubject),
    ...wrong(body === "", "body", words.noBody), ...wrong(channel === "text" && body.length > LONGEST_TEXT, "body", words.tooLong),
  ];
}

/** `field` put into `text` in place of what is chosen there, and where writing goes on. */
export function withField(text: string, field: string, from: number, to: number): { readonly text: string; readonly caret: number } {
  const put = `{{${field}}}`;
  return { text: text.slice(0, from) + put + text.slice(to), caret: from + put.length };
}
