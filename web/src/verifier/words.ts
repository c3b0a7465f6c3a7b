/** What the offline verifier says. */
import type { Finding, Verdict } from "../../../src/kernel/audit-verify";

export const verifierWords = {
  title: "Daybook audit log: check without Daybook",
  about: "Choose the file that was taken away with proofs. It is read by this page alone: the page has no network and sends nothing anywhere.",
  file: "The file with proofs (JSON)",
  anchors: "What you kept of it before: checkpoints from Daybook's letters, or earlier files with proofs (any number)",
  check: "Check",
  working: "Checking…",
  noFile: "Choose a file first.",
  unreadable: "This is no file of a Daybook audit log with proofs.",
  unable: "This browser cannot check Ed25519 signatures. Open the page in a newer one.",
  holds: "The log is as it was written.",
  broken: "The log is not as it was written.",
  noAnchor: "Nothing from before was given. A log that was rewritten whole and signed anew would agree with itself: give a checkpoint from an earlier letter to rule that out.",
  first: "The first line that is not as it was:",
  all: "All that was found",
} as const;

/** What was checked, a sentence each. */
export function factsOf({ log, size, checkedLines, unsealedLines, erasedValues, agreeingAnchors }: Verdict): string[] {
  return [
    `Log: ${log}`,
    `Signed: ${size} lines; checked here: ${checkedLines}`,
    ...(unsealedLines === 0 ? [] : [`Written after the checkpoint, so that nothing speaks for or against them yet: ${unsealedLines}`]),
    ...(erasedValues === 0 ? [] : [`Personal values that were erased; their hashes stand: ${erasedValues}`]),
    ...(agreeingAnchors === 0 ? [] : [`Agrees with what you kept before: ${agreeingAnchors}`]),
  ];
}

const SENTENCES: Readonly<Record<Finding["kind"], string>> = {
  signature: "The checkpoint is not signed by the key that it names.",
  root: "The hashes in the file are not those that were signed.",
  missing: "is missing",
  out_of_order: "is out of its order",
  changed: "was changed",
  personal_changed: "shows a personal value that is not the one it was written with",
  rewritten: "is not what you kept of it before: the log was rewritten",
  anchor_unreadable: "Something that you gave from before is neither a checkpoint nor a file of a log.",
  anchor_foreign: "Something that you gave from before is of another log.",
};

/** "Line 7 was changed"; where only a range is known, "A line from 1 to 40 …". */
export function sentenceOf({ kind, seq, from }: Finding): string {
  if (seq === null || kind === "root") return SENTENCES[kind];
  return from === undefined ? `Line ${seq} ${SENTENCES[kind]}.` : `A line from ${from} to ${seq} ${SENTENCES[kind]}.`;
}
