/** Tables and targets that a person can read. */

const kept = [];

export const say = (text = "") => process.stdout.write(`${text}\n`);

/** Prints rows of text under their headings, numbers to the right. */
export function table(headings, rows) {
  const cells = [headings, ...rows.map((row) => row.map(String))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  for (const row of cells) say(`  ${row.map((text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]))).join("   ")}`);
  say();
}

/** Keeps a target for the summary. `unit` stands behind both numbers. */
export function target(name, measured, wanted, { unit = "×", atLeast = false } = {}) {
  kept.push({ name, measured, wanted, unit, atLeast, holds: atLeast ? measured >= wanted : measured <= wanted });
}

/** Prints all targets and whether they hold. */
export function summary() {
  const show = (value, unit) => `${Number.isInteger(value) && unit !== "×" ? value : value.toFixed(2)}${unit === "×" ? " ×" : ` ${unit}`}`;
  table(["target", "measured", "wanted", ""], kept.map(({ name, measured, wanted, unit, atLeast, holds }) => (
    [name, show(measured, unit), `${atLeast ? "≥" : "≤"} ${show(wanted, unit)}`, holds ? "holds" : "MISSED"]
  )));
}

export function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const ratio = (value) => `${value.toFixed(2)} ×`;
export const ms = (value) => `${value.toFixed(0)} ms`;
export const megabytes = (value) => `${value.toFixed(1)} MB`;
