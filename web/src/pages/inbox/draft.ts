/** What somebody is writing, and its way out: one attempt has one key, so that pressed twice it is still one message. */
import { createSignal, type Accessor } from "solid-js";
import type { MessageRequest, MessageView } from "../../../../src/features/messages/contract";
import type { Trouble } from "../../ask";
import { newKey } from "../../ui/new-key";
import { inboxApi } from "./inbox-api";

/** A document that the message leads to, with its title for whoever writes. */
export type Enclosed = MessageRequest["documents"][number] & { readonly title: string };
export type Written = Pick<MessageRequest, "channel" | "subject" | "body" | "template"> & { readonly documents: readonly Enclosed[] };

export type Draft = {
  readonly written: Accessor<Written>;
  readonly change: (change: Partial<Written>) => void;
  readonly isSending: Accessor<boolean>;
  /** Why the last attempt did not work. */
  readonly trouble: Accessor<Trouble | undefined>;
  /** Sends what is written unless it is under way; the message as the server has it, or null where it did not work. */
  readonly send: () => Promise<MessageView | null>;
};

/** What was begun for each contact, for as long as the tab is open: going to another conversation loses nothing. */
const begun = new Map<string, Written>();

/** `ways`: the ways by which the contact can be reached, the first of them for a new draft. */
export function createDraft(contact: string, ways: readonly Written["channel"][]): Draft {
  const empty = (): Written => ({ channel: ways[0] ?? "text", subject: "", body: "", template: null, documents: [] });
  const kept = begun.get(contact);
  const [written, setWritten] = createSignal<Written>(kept !== undefined && ways.includes(kept.channel) ? kept : empty());
  const [isSending, setSending] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  let key = newKey();
  const keep = (next: Written) => {
    begun.set(contact, next);
    setWritten(next);
    // Other words are another message; the same ones, sent again after a lost answer, are the same.
    key = newKey();
  };
  const send = async () => {
    if (isSending()) return null;
    setSending(true);
    setTrouble(undefined);
    const { channel, subject, body, template, documents } = written();
    const answer = await inboxApi.send(contact, {
      key, channel, subject: channel === "email" ? subject.trim() : "", body: body.trim(), template, documents: documents.map(({ document, as }) => ({ document, as })),
    });
    setSending(false);
    if (!answer.ok) {
      setTrouble(answer.failure);
      return null;
    }
    keep({ ...empty(), channel });
    begun.delete(contact);
    return answer.value.message;
  };
  return { written, isSending, trouble, send, change: (change) => keep({ ...written(), ...change }) };
}
