/** What new documents are filed as, where somebody wants to say it. */
import { createUniqueId, For, Show, type JSX } from "solid-js";
import type { SubjectKind } from "../../../../src/features/documents/contract";
import { useShop } from "../../ui/shop";
import { makesSmaller, setMakesSmaller } from "./choice";
import type { FilingChoice } from "./filing-choice";
import type { Filing } from "./uploads";
import { documentsWords as words, kindWords, subjectKindWords } from "./words";

/** Most files need none of it. */
export default function FilingFields(props: { choice: FilingChoice }): JSX.Element {
  const shop = useShop();
  const id = createUniqueId();
  const about = () => props.choice.shown();
  // What is about a day holds figures: whoever may not see days could not find it again.
  const subjects = () => SUBJECT_KINDS.filter((kind) => kind !== "day" || shop.may("days.read"));
  return (
    <div class="filing-fields">
      <label for={`${id}-kind`}>{words.asKind}</label>
      <select id={`${id}-kind`} onChange={(event) => props.choice.setKind(kindOf(event.currentTarget.value))}>
        <option value="">{words.byItself}</option>
        <For each={["photo", "warranty", "other"] as const}>{(kind) => <option value={kind} selected={props.choice.kind() === kind}>{kindWords[kind]}</option>}</For>
      </select>
      <label for={`${id}-about`}>{words.aboutWhat}</label>
      <select id={`${id}-about`} onChange={(event) => props.choice.setAbout({ subjectKind: subjectKindOf(event.currentTarget.value), subject: "" })}>
        <For each={subjects()}>{(kind) => <option value={kind} selected={about().subjectKind === kind}>{subjectKindWords[kind]}</option>}</For>
      </select>
      <Show when={about().subjectKind !== "shop"}>
        <label for={`${id}-subject`}>{words.subject[about().subjectKind]}</label>
        <input
          id={`${id}-subject`} type={about().subjectKind === "day" ? "date" : "text"} maxlength="100" autocomplete="off" value={about().subject} placeholder={words.subjectHint[about().subjectKind]}
          onInput={(event) => props.choice.setAbout({ subjectKind: about().subjectKind, subject: event.currentTarget.value })}
        />
      </Show>
      <div class="whole">
        <label class="tick"><input type="checkbox" checked={makesSmaller()} aria-describedby={`${id}-smaller`} onChange={(event) => setMakesSmaller(event.currentTarget.checked)} /> {words.makeSmaller}</label>
        <p class="small" id={`${id}-smaller`}>{words.makeSmallerHint}</p>
      </div>
    </div>
  );
}

const SUBJECT_KINDS = Object.keys(subjectKindWords) as readonly SubjectKind[];
const subjectKindOf = (value: string): SubjectKind => SUBJECT_KINDS.find((kind) => kind === value) ?? "shop";
const kindOf = (value: string): Filing["kind"] => (value === "photo" || value === "warranty" || value === "other" ? value : null);
