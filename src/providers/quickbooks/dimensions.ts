/**
 * Classes and locations (Intuit's `Class` and `Department`): what a line can carry beside its account. A company has
 * them only where its preferences say so (`ClassTrackingPerTxnLine`, `TrackDepartments`), and refuses them elsewhere.
 */
import { failed, ok, type Result } from "../../kernel/result";
import type { BookedTag, Tag } from "../../ledger/tag";
import type { Access, Dimension } from "../contract";
import { read } from "./client";
import { tagPageSchema, trackingAnswerSchema, type WireTag } from "./wire";

/** Intuit's largest page; and a bound, far above what its largest plan allows. */
const PAGE_SIZE = 1_000;
const MOST_PAGES = 10;

const provider = "quickbooks";

/** The two dimensions of QuickBooks Online by our ids, what the company calls them, and where they stand on a line. */
const KINDS = [
  { id: "class", name: "Class", entity: "Class", field: "ClassRef" },
  { id: "location", name: "Location", entity: "Department", field: "DepartmentRef" },
] as const;

type Kind = (typeof KINDS)[number];

/** Classes and locations, inactive ones included; none that the company's preferences switch off. */
export async function dimensions(access: Access): Promise<Result<readonly Dimension[]>> {
  const answer = await read(access, "preferences", {}, trackingAnswerSchema);
  if (!answer.ok) return answer;
  const { ClassTrackingPerTxnLine, TrackDepartments } = answer.value.Preferences.AccountingInfoPrefs;
  const isOn = { class: ClassTrackingPerTxnLine, location: TrackDepartments } satisfies Record<Kind["id"], boolean>;
  const found: Dimension[] = [];
  for (const { id, name, entity } of KINDS.filter((kind) => isOn[kind.id])) {
    const options = await optionsOf(access, entity);
    if (!options.ok) return options;
    found.push({ id, name, options: options.value });
  }
  return ok(found);
}

async function optionsOf(access: Access, entity: Kind["entity"]): Promise<Result<Dimension["options"]>> {
  const all: WireTag[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = `select * from ${entity} where Active in (true, false) orderby Id startposition ${page * PAGE_SIZE + 1} maxresults ${PAGE_SIZE}`;
    const answer = await read(access, "query", { query }, tagPageSchema);
    if (!answer.ok) return answer;
    const found = answer.value.QueryResponse[entity];
    all.push(...found);
    if (found.length < PAGE_SIZE) return ok(all.map((item) => ({ id: item.Id, name: nameOf(item), isActive: item.Active })));
  }
  return failed({ kind: "provider_unreadable", provider, detail: `more than ${MOST_PAGES * PAGE_SIZE} of ${entity}` });
}

/** "Parent:Child", without the mark that QuickBooks appends to the names of inactive ones. */
function nameOf({ FullyQualifiedName, Name, Active }: WireTag): string {
  const name = FullyQualifiedName ?? Name;
  return Active ? name : name.replace(/ \(deleted(?: \d+)?\)$/, "");
}

/** `ClassRef` and `DepartmentRef` of a line's detail, as far as it carries them. */
export function toReferences(tags: readonly Tag[] | undefined): Readonly<Partial<Record<Kind["field"], { readonly value: string }>>> {
  const carried = (tags ?? []).flatMap((tag) => KINDS.filter(({ id }) => id === tag.dimension).map(({ field }) => [field, { value: tag.option }] as const));
  return Object.fromEntries(carried);
}

/** What a line of the books carries, by the references of its detail. */
export function toTags(detail: Readonly<Partial<Record<Kind["field"], { readonly value: string } | undefined>>>): readonly BookedTag[] {
  return KINDS.flatMap(({ id, field }) => {
    const option = detail[field]?.value;
    return option === undefined ? [] : [{ dimension: id, option }];
  });
}

/** Those of the tags that the company would not take now: inactive, gone, or of a dimension that was switched off. */
export function unusableTags(tags: readonly Tag[], known: readonly Dimension[]): readonly Tag[] {
  const usable = new Set(known.flatMap(({ id, options }) => options.filter(({ isActive }) => isActive).map((option) => JSON.stringify([id, option.id]))));
  const distinct = new Map(tags.map((tag) => [JSON.stringify([tag.dimension, tag.option]), tag]));
  return [...distinct].filter(([key]) => !usable.has(key)).map(([, tag]) => tag);
}
