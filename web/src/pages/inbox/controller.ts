/** The list of conversations: one question, its pages, and the first of them looked at again and again. */
import type { Accessor } from "solid-js";
import type { ThreadItem, ThreadsQuery, ThreadsView } from "../../../../src/features/messages/contract";
import { createPages, type Pages } from "../../ui/pages";
import type { InboxFilters } from "./filters";
import { inboxApi } from "./inbox-api";

export type Conversations = Pages<ThreadsView, ThreadItem>;

/** Lives as long as the page. Others write at any time. */
export function createConversations(filters: Accessor<InboxFilters>): Conversations {
  const question = (): ThreadsQuery => ({ filter: filters().folder, ...(filters().search.trim() === "" ? {} : { search: filters().search.trim() }) });
  return createPages({
    key: () => `threads ${JSON.stringify(question())}`,
    ask: (after) => inboxApi.threads({ ...question(), ...(after === undefined ? {} : { after }) }),
    pageOf: ({ threads, next }) => ({ rows: threads, next }),
    idOf: ({ contact }) => contact,
    lookAgainWhile: () => true,
  });
}
