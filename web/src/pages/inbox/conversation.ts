/** What is known of one conversation: its messages page by page, what its person said of being written to, and the days it falls into. */
import { createMemo, type Accessor } from "solid-js";
import type { LedgerLine } from "../../../../src/features/contacts/contract";
import type { MessageView, ThreadView } from "../../../../src/features/messages/contract";
import { createLive, type Live } from "../../ui/live";
import { createPages, type Pages } from "../../ui/pages";
import { useShop } from "../../ui/shop";
import { contactsApi } from "../contacts/contacts-api";
import type { ContactAnswer } from "../../../../src/features/contacts/contract";
import { inboxApi } from "./inbox-api";
import { isMoving, saidOf, type Said } from "./rules";
import { daysOf, type ThreadDay } from "./thread-days";

export type Conversation = {
  readonly contact: string;
  readonly pages: Pages<ThreadView, MessageView>;
  readonly person: Live<ContactAnswer>;
  /** Newest first; empty until it is known. */
  readonly ledger: Accessor<readonly LedgerLine[]>;
  /** Oldest first. */
  readonly days: Accessor<readonly ThreadDay<Said>[]>;
  /** Asks again after something was done. */
  readonly changed: () => Promise<void>;
  readonly read: (through: number) => Promise<void>;
};

/** Lives as long as its owner. */
export function createConversation(contact: string): Conversation {
  const shop = useShop();
  const pages = createPages<ThreadView, MessageView>({
    key: () => `thread ${contact}`,
    ask: (before) => inboxApi.thread(contact, before),
    pageOf: ({ messages, next }) => ({ rows: messages, next }),
    idOf: ({ id }) => id,
    pollWhile: ({ messages }) => messages.some((message) => isMoving(message, Date.now())),
    lookAgainWhile: () => true,
  });
  // Consent is asked for again whenever somebody said something or where they stand has changed.
  const standing = createMemo(() => {
    const view = pages.live.value();
    return view === undefined ? null : JSON.stringify([view.text, view.email, view.messages.find(({ direction }) => direction === "in")?.id ?? ""]);
  });
  const person = createLive({ key: () => (standing() === null ? null : `contact ${contact} ${standing() ?? ""}`), ask: () => contactsApi.contact(contact) });
  const ledger = createMemo<readonly LedgerLine[]>((before) => person.value()?.contact.ledger ?? before, []);
  const days = createMemo(() => daysOf(saidOf(pages.rows(), ledger(), pages.hasMore()), shop.view().zone));
  const changed = async () => {
    await pages.live.reload();
    await person.reload();
  };
  const read = async (through: number) => {
    const answer = await inboxApi.read(contact, through);
    if (answer.ok) await pages.live.reload();
  };
  return { contact, pages, person, ledger, days, changed, read };
}
