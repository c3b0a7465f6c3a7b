/** A document's description as the form has it, and what is wrong with it. */
import type { Description, SubjectKind } from "../../../../src/features/documents/contract";
import { parseBusinessDate } from "../../../../src/kernel/day";
import type { FormProblem, Values } from "../../ui/form";
import { detailsWords as words } from "./document-words";
import { subjectKindWords } from "./words";

const MOST_TAGS = 12;
const LONGEST_TAG = 40;

/** Reads the form's fields; commas divide tags, and the same tag twice is one. */
export function descriptionFrom(value: Values): Description {
  const kind = value("kind");
  const subjectKind = (Object.keys(subjectKindWords) as SubjectKind[]).find((one) => one === value("subjectKind")) ?? "shop";
  const date = (field: string) => (value(field) === "" ? null : value(field));
  return {
    kind: kind === "photo" || kind === "warranty" ? kind : "other",
    subjectKind,
    subject: subjectKind === "shop" ? "" : value("subject").trim(),
    title: value("title").trim(),
    tags: [...new Set(value("tags").split(",").map((tag) => tag.trim()).filter((tag) => tag !== ""))],
    issuedOn: date("issuedOn"),
    expiresOn: date("expiresOn"),
  };
}

/** In the order of the fields; the server looks again. */
export function problemsOf({ title, subjectKind, subject, tags, issuedOn, expiresOn }: Description): FormProblem[] {
  const problems: (FormProblem | false)[] = [
    title === "" && { field: "title", text: words.nameMissing },
    subjectKind !== "shop" && subject === "" && { field: "subject", text: words.subjectMissing },
    subjectKind === "day" && subject !== "" && parseBusinessDate(subject) === null && { field: "subject", text: words.dateWrong },
    (tags.length > MOST_TAGS || tags.some((tag) => tag.length > LONGEST_TAG)) && { field: "tags", text: words.tooManyTags },
    issuedOn !== null && expiresOn !== null && expiresOn < issuedOn && { field: "expiresOn", text: words.backwards },
  ];
  return problems.filter((problem) => problem !== false);
}
