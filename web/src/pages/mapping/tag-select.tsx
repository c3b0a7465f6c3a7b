/** One class, location or category of a line or of a whole location, chosen from the books' own list. */
import { createMemo, For, Show, type JSX } from "solid-js";
import type { ChartDimension, TagView } from "../../../../src/features/mapping/contract";
import { mappingWords as words } from "./words";

type Props = {
  label: string;
  dimension: ChartDimension;
  tags: readonly TagView[];
  /** The option that holds; null is none of its own. */
  value: string | null;
  /** What the empty choice says: nothing, or that the location's holds. */
  empty: string;
  isDisabled: boolean;
  onChoose: (option: string | null) => void;
};

/** A plain list of the browser: typing finds an option in it. Inactive ones are shown only where they are still chosen. */
export function TagSelect(props: Props): JSX.Element {
  const tag = () => props.tags.find((one) => one.dimension === props.dimension.id);
  const options = createMemo(() => {
    const active = props.dimension.options.filter((option) => option.isActive);
    const current = tag();
    const isLost = current !== undefined && !active.some((option) => option.id === current.option);
    return isLost ? [...active, { id: current.option, name: words.inactiveTag(current.name), isActive: false }] : active;
  });
  const problem = () => (tag()?.option === props.value ? (tag()?.problem ?? null) : null);
  return (
    <>
      <select aria-label={props.label} disabled={props.isDisabled} aria-invalid={problem() === null ? undefined : "true"} onChange={(event) => props.onChoose(event.currentTarget.value === "" ? null : event.currentTarget.value)}>
        <option value="" selected={props.value === null}>{props.empty}</option>
        <For each={options()}>{(option) => <option value={option.id} selected={option.id === props.value}>{option.name}</option>}</For>
      </select>
      <Show when={problem()}>{(text) => <small class="row-status" role="status"><span data-tone="failed">{text()}</span></small>}</Show>
    </>
  );
}
