/** What new documents are filed as: what the page shows already, until something else is chosen. */
import { createSignal } from "solid-js";
import type { SubjectKind } from "../../../../src/features/documents/contract";
import { makesSmaller } from "./choice";
import type { DocumentFilters } from "./filters";
import type { Filing } from "./uploads";

/** Lives as long as the page. A subject that is not named is no subject. */
export function createFiling(filters: () => DocumentFilters) {
  const [kind, setKind] = createSignal<Filing["kind"]>(null);
  const [about, setAbout] = createSignal<{ readonly subjectKind: SubjectKind; readonly subject: string } | null>(null);
  const shown = () => about() ?? { subjectKind: filters().about ?? "shop", subject: filters().subject };
  const filing = (): Filing => {
    const subject = shown().subject.trim();
    return { kind: kind(), subjectKind: subject === "" ? "shop" : shown().subjectKind, subject: shown().subjectKind === "shop" ? "" : subject, makesSmaller: makesSmaller() };
  };
  return { filing, shown, kind, setKind, setAbout };
}

export type FilingChoice = ReturnType<typeof createFiling>;
