/** The list of certificates, page by page. */
import { createEffect, createMemo, createSignal, on, type Accessor } from "solid-js";
import type { CertificatesView, CertificateView } from "../../../../src/features/certificates/contract";
import type { Trouble } from "../../ask";
import { createLive, type Live } from "../../ui/live";
import { certificatesApi } from "./certificates-api";

export type Shelf = {
  readonly live: Live<CertificatesView>;
  /** The first page and every further one that was asked for. */
  readonly certificates: Accessor<readonly CertificateView[]>;
  readonly isMore: Accessor<boolean>;
  readonly isLoadingMore: Accessor<boolean>;
  readonly trouble: Accessor<Trouble | undefined>;
  readonly more: () => Promise<void>;
  /** After an act: everything is asked for anew, from the top. */
  readonly changed: () => void;
};

type Further = { readonly rows: readonly CertificateView[]; readonly next: string | null };

/** Certificates in which `search` occurs; another search begins anew. */
export function createShelf(search: Accessor<string>): Shelf {
  const live = createLive({ key: () => `certificates ${search()}`, ask: () => certificatesApi.certificates(search()) });
  const [further, setFurther] = createSignal<Further | null>(null);
  const [isLoadingMore, setLoadingMore] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  createEffect(on(search, () => setFurther(null), { defer: true }));
  const next = () => (further() ?? live.value())?.next ?? null;
  const more = async () => {
    const [after, asked] = [next(), search()];
    if (after === null || isLoadingMore()) return;
    setLoadingMore(true);
    const answer = await certificatesApi.certificates(asked, after);
    setLoadingMore(false);
    setTrouble(answer.ok ? undefined : answer.failure);
    // What was asked for is not asked for any more where somebody searched for something else meanwhile.
    if (answer.ok && asked === search()) setFurther((before) => ({ rows: [...(before?.rows ?? []), ...answer.value.certificates], next: answer.value.next }));
  };
  const certificates = createMemo(() => {
    const first = live.value()?.certificates ?? [];
    const known = new Set(first.map(({ number }) => number));
    return [...first, ...(further()?.rows ?? []).filter(({ number }) => !known.has(number))];
  });
  const changed = () => {
    setFurther(null);
    void live.reload();
  };
  return { live, certificates, isMore: () => next() !== null, isLoadingMore, trouble, more, changed };
}
