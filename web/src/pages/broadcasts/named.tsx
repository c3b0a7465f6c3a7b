/** Single contacts of a list, beside those who have its tags. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { ContactItem } from "../../../../src/features/contacts/contract";
import { Finder } from "../contacts/finder";
import { nameOf } from "../contacts/names";
import { newWords as words } from "./words";

type Props = { ids: { id: string; wrong: boolean; about: string | undefined }; onNamed: (contacts: readonly string[]) => void };

/** Chosen one by one; each can be left out again. */
export default function Named(props: Props): JSX.Element {
  const [named, setNamed] = createSignal<readonly ContactItem[]>([]);
  const show = (people: readonly ContactItem[]) => {
    setNamed(people);
    props.onNamed(people.map(({ id }) => id));
  };
  return (
    <>
      <Show when={named().length > 0}>
        <ul class="named"><For each={named()}>{(one) => <li class="chip">{nameOf(one)}<button type="button" aria-label={words.without(nameOf(one))} onClick={() => show(named().filter(({ id }) => id !== one.id))}>×</button></li>}</For></ul>
      </Show>
      <Finder ids={props.ids} not={named().map(({ id }) => id)} chosen={null} waits onChoose={(one) => show([...named(), one])} />
    </>
  );
}
