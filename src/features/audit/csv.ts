/** Lines of an audit log for a spreadsheet: one row each, and no cell that a spreadsheet would run. */
import { csvRow as rowOf } from "../../kernel/csv";
import type { AuditLineView } from "./contract";

export const CSV_COLUMNS = ["number", "time (UTC)", "time here", "who", "who (id)", "email", "through", "act", "on what", "before", "after", "address", "place", "device", "hash"] as const;

/** The header row. */
export function csvHead(): string {
  return rowOf(CSV_COLUMNS);
}

/** A line of the log as a row; the local time is on the zone's wall clock. `hash` is the leaf's. */
export function csvRow(line: AuditLineView, hash: string, zone: string): string {
  const personal = (name: string) => line.personal[name]?.value ?? (line.commitments[name] === undefined ? "" : "(erased)");
  const subject = Object.keys(line.commitments).filter((name) => name.startsWith("subject_")).map((name) => `${name.slice("subject_".length)}: ${personal(name)}`);
  const cells = [
    String(line.seq), new Date(line.at).toISOString(), localTime(line.at, zone), personal("name"), line.actor, personal("email"), line.through ?? "",
    line.action, [line.subject, ...subject].join("; "), jsonOf(line.before), jsonOf(line.after), personal("address"), personal("place"), personal("device"), hash,
  ];
  return rowOf(cells);
}

function jsonOf(value: AuditLineView["before"]): string {
  return value === null ? "" : JSON.stringify(value);
}

function localTime(at: number, zone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(at);
}
