/** What is known of a document. */
import { For, Show, type JSX } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";
import { ago, plainDate } from "../../ui/dates";
import { documentWords as words } from "./document-words";
import { Expiry } from "./expiry-mark";
import { documentsAddress, readDocumentFilters } from "./filters";
import { sizeInWords } from "./sizes";
import { documentsWords, kindWords, mediaWords, subjectInWords } from "./words";

/** `today` is the shop's own date. */
export function Facts(props: { document: DocumentItem; today: string; zone: string }): JSX.Element {
  const one = () => props.document;
  const pixels = () => (one().width === null || one().height === null ? "" : ` · ${one().width} × ${one().height}`);
  const sameSubject = () => documentsAddress(readDocumentFilters({}), { about: one().subjectKind, subject: one().subject });
  const rows = (): readonly (readonly [string, JSX.Element])[] => [
    [words.fact.kind, kindWords[one().kind]],
    [words.fact.about, <Show when={one().subject !== ""} fallback={subjectInWords(one())}><a href={sameSubject()}>{subjectInWords(one())}</a></Show>],
    [words.fact.tags, one().tags.length === 0 ? words.none : one().tags.join(", ")],
    [words.fact.issued, dateOf(one().issuedOn)],
    [words.fact.expires, <Show when={one().expiresOn} fallback={words.none}><Expiry document={one()} today={props.today} /></Show>],
    [words.fact.file, one().fileName],
    [words.fact.content, `${mediaWords[one().mediaType]} · ${sizeInWords(one().sizeBytes)}${pixels()}`],
    [words.fact.filed, `${ago(one().createdAt, Date.now(), props.zone)} · ${one().createdBy}`],
    ...(one().changedAt === one().createdAt ? [] : [[words.fact.changed, ago(one().changedAt, Date.now(), props.zone)] as const]),
    ...(one().isSealed ? [[words.fact.kept, documentsWords.sealed] as const] : []),
  ];
  return <dl class="facts"><For each={rows()}>{([name, value]) => <div><dt>{name}</dt><dd>{value}</dd></div>}</For></dl>;
}

const dateOf = (date: string | null) => (date === null ? words.none : plainDate(date));
