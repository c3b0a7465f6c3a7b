/** What a line of the log means in words. */
import type { AuditLineView } from "../../../../src/features/audit/contract";
import { actWords, auditWords as words } from "./words";

/** A field that an act changed; null where it was not there. */
export type Changed = { readonly name: string; readonly before: string | null; readonly after: string | null };

/** The fields of both sides by name; a value that is no record is one field without a name. */
export function changesOf({ before, after }: Pick<AuditLineView, "before" | "after">): Changed[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((name) => ({ name: name.replaceAll("_", " "), before: was[name] ?? null, after: is[name] ?? null }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(value: AuditLineView["before"]): Readonly<Record<string, string>> {
  if (value === null) return {};
  const record = typeof value === "object" && !Array.isArray(value) ? value : { "": value };
  return Object.fromEntries(Object.entries(record).flatMap(([name, field]) => (field === null ? [] : [[name, typeof field === "string" ? field : JSON.stringify(field)]])));
}

/** "saved the mapping"; an act that failed or whose end is not known says so. */
export function actOf(action: string): string {
  const [thing = "", became = "", ended] = action.split(".");
  const act = actWords[`${thing}.${became}`] ?? `${thing}: ${became}`.replaceAll("_", " ");
  return ended === undefined ? act : `${act} (${ended === "failed" ? words.failed : words.uncertain})`;
}
