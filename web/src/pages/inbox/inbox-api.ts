/** What the inbox asks of the server. */
import { hc } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { MessageRequest, ThreadsQuery } from "../../../../src/features/messages/contract";
import { ask, clientOptions } from "../../ask";

const { threads } = hc<ShopApi>("/", clientOptions).api;
const thread = threads[":contact"];

/** Ids come from addresses, and the client puts them into a path as they are: encoded, they stay one segment. */
const at = (contact: string) => ({ param: { contact: encodeURIComponent(contact) } });

/** Whatever is done with conversations. */
export const inboxApi = {
  threads: (query: ThreadsQuery) => ask(() => threads.$get({ query })),
  assignees: () => ask(() => threads.assignees.$get()),
  thread: (contact: string, before?: string) => ask(() => thread.$get({ ...at(contact), query: before === undefined ? {} : { before } })),
  send: (contact: string, message: MessageRequest) => ask(() => thread.messages.$post({ ...at(contact), json: message })),
  cancel: (contact: string, message: string, sentAt: number) => (
    ask(() => thread.messages[":message"].cancel.$post({ param: { ...at(contact).param, message: encodeURIComponent(message) }, json: { at: sentAt } }))
  ),
  read: (contact: string, through: number) => ask(() => thread.read.$post({ ...at(contact), json: { through } })),
  assign: (contact: string, person: string | null) => ask(() => thread.assign.$post({ ...at(contact), json: { person } })),
  close: (contact: string, isDone: boolean) => ask(() => thread.done.$post({ ...at(contact), json: { isDone } })),
};
