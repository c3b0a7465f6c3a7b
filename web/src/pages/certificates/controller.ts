/** The list of certificates, page by page, and what a number and an expiry will be before they are given. */
import { parseDate } from "@internationalized/date";
import { createEffect, createMemo, createSignal, on, type Accessor } from "solid-js";
import type { CertificatesView, CertificateView, TemplateView } from "../../../../src/features/certificates/contract";
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

/** "HC-00012", as the server will write it. */
export function numberOf({ numberPrefix, nextNumber }: Pick<TemplateView, "numberPrefix" | "nextNumber">): string {
  return `${numberPrefix}${String(nextNumber).padStart(5, "0")}`;
}

/** The last date on which it will hold, as the server counts it; null for what never expires and for a date that is none. */
export function expiryOf(issuedOn: string, validMonths: number | null): string | null {
  if (validMonths === null || !/^\d{4}-\d{2}-\d{2}$/.test(issuedOn)) return null;
  try {
    return parseDate(issuedOn).add({ months: validMonths }).toString();
  } catch {
    return null; // a date that does not exist is said to be wrong when it is sent
  }
}

/** A key for one attempt at one certificate, however often it is sent: 128 random bits in base32, as the server's own ids are. */
export function newKey(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  return Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => letters[byte % 32]).join("");
}
