/** What the page of documents shows: one question, its pages, and the first of them asked anew whenever something was filed. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, createMemo, createSignal, on, untrack, type Accessor } from "solid-js";
import type { DocumentItem, DocumentsView } from "../../../../src/features/documents/contract";
import type { BusinessDate } from "../../../../src/kernel/day";
import type { Trouble } from "../../ask";
import { dateIn } from "../../ui/dates";
import { createLive, type Live } from "../../ui/live";
import { useShop } from "../../ui/shop";
import { documentsApi } from "./documents-api";
import { documentsAddress, questionOf, readDocumentFilters, type DocumentFilters } from "./filters";
import { setLastShown } from "./last-shown";
import { withFirstPage, withNextPage, type Shelf } from "./shelf";

export type Documents = {
  readonly filters: Accessor<DocumentFilters>;
  /** Changes the address; what is typed replaces it, so that "back" leaves the page. */
  readonly go: (change: Partial<DocumentFilters>, isTyped?: boolean) => void;
  readonly today: BusinessDate;
  readonly live: Live<DocumentsView>;
  readonly shown: Accessor<readonly DocumentItem[]>;
  readonly hasMore: Accessor<boolean>;
  readonly isLoadingMore: Accessor<boolean>;
  readonly trouble: Accessor<Trouble | undefined>;
  readonly more: () => Promise<void>;
};

/** Lives as long as the page. */
export function createDocuments(): Documents {
  const shop = useShop();
  const at = useLocation();
  const navigate = useNavigate();
  const today = dateIn(shop.view().zone, Date.now()) as BusinessDate;
  const filters = createMemo(() => readDocumentFilters(at.query));
  const question = createMemo(() => JSON.stringify(questionOf(filters(), today)));
  const live = createLive({ key: () => `documents ${question()}`, ask: () => documentsApi.list(questionOf(filters(), today)) });
  const [shelf, setShelf] = createSignal<Shelf | null>(null);
  const [isLoadingMore, setLoadingMore] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  createEffect(on(question, () => setShelf(null), { defer: true }));
  createEffect(on(live.value, (view) => {
    setShelf((before) => (view === undefined ? null : withFirstPage(before, view)));
    setLastShown(untrack(shelf)?.documents ?? []);
  }));
  const more = async () => {
    const now = shelf();
    const asked = question();
    if (now?.next === null || now?.next === undefined || isLoadingMore()) return;
    setLoadingMore(true);
    const answer = await documentsApi.list({ ...questionOf(filters(), today), after: now.next });
    setLoadingMore(false);
    if (question() !== asked) return;
    setTrouble(answer.ok ? undefined : answer.failure);
    if (!answer.ok) return;
    setShelf((before) => withNextPage(before ?? now, answer.value));
    setLastShown(shelf()?.documents ?? []);
  };
  return {
    filters, today, live, isLoadingMore, trouble, more,
    go: (change, isTyped = false) => navigate(documentsAddress(filters(), change), { scroll: false, replace: isTyped }),
    shown: () => shelf()?.documents ?? live.value()?.documents ?? [],
    hasMore: () => (shelf()?.next ?? null) !== null,
  };
}
