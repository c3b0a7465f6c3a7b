/** What the audit page shows, kept in the address so that back, reload and a sent link show the same. */

/** Each is empty where nothing is asked for; `before` is the number below which the page begins. */
export type AuditFilters = { readonly from: string; readonly to: string; readonly actor: string; readonly action: string; readonly subject: string; readonly before: string };

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const SHAPES: Readonly<Record<keyof AuditFilters, RegExp>> = {
  from: /^\d{4}-\d{2}-\d{2}$/,
  to: /^\d{4}-\d{2}-\d{2}$/,
  actor: /^(?:daybook|stranger|person:[a-z2-7]{26})$/,
  action: /^[a-z_]+(?:\.[a-z_]+){0,2}$/,
  subject: /^.{1,200}$/s,
  before: /^[1-9]\d{0,9}$/,
};
const NAMES = Object.keys(SHAPES) as (keyof AuditFilters)[];

/** Reads the address; whatever makes no sense in it is as if it were not there. */
export function readAuditFilters(query: Query): AuditFilters {
  const read = (name: keyof AuditFilters) => {
    const value = query[name];
    return typeof value === "string" && SHAPES[name].test(value) ? value : "";
  };
  return { from: read("from"), to: read("to"), actor: read("actor"), action: read("action"), subject: read("subject"), before: read("before") };
}

/** What is asked of the server: only what is set. */
export function queryOf(filters: AuditFilters): Record<string, string> {
  return Object.fromEntries(NAMES.flatMap((name) => (filters[name] === "" ? [] : [[name, filters[name]]])));
}

/** The address of the page with some filters changed; another filter begins at the latest line again. */
export function auditAddress(filters: AuditFilters, change: Partial<AuditFilters>): string {
  const query = new URLSearchParams(queryOf({ ...filters, before: "", ...change }));
  return query.size === 0 ? "/audit" : `/audit?${query}`;
}

/** The address of a file with what is filtered, whatever page is shown. */
export function exportAddress(filters: AuditFilters, format: "csv" | "json"): string {
  return `/api/audit/export?${new URLSearchParams({ ...queryOf({ ...filters, before: "" }), format })}`;
}

/** Whether anything is filtered. */
export function isFiltered(filters: AuditFilters): boolean {
  return NAMES.some((name) => name !== "before" && filters[name] !== "");
}
