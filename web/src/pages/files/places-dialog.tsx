/** Says which locations a file's words for places mean. */
import { createSignal, For, type JSX } from "solid-js";
import type { FilesView } from "../../../../src/features/files/contract";
import { Dialog } from "../../ui/dialog";
import { createForm, FormBox, Labelled } from "../../ui/form";
import { filesApi } from "./files-api";
import { filesWords, placesWords as words } from "./words";

type Props = {
  names: readonly string[];
  locations: FilesView["locations"];
  /** `location`: of the whole file, where it names none: that is never remembered, for the next file may be of another. */
  onSaved: (location?: string) => void;
  onClose: () => void;
};

/** A choice for each name; the closest name is chosen beforehand where there is one. */
export function PlacesDialog(props: Props): JSX.Element {
  const form = createForm();
  const [chosen, setChosen] = createSignal<Readonly<Record<string, string>>>(Object.fromEntries(props.names.map((name) => [name, nearest(name, props.locations)])));
  const named = () => props.names.filter((name) => name !== "");
  const save = () => {
    if (named().length === 0) return props.onSaved(chosen()[""]);
    return void form.send([], async () => await filesApi.savePlaces({ places: named().map((name) => ({ name, location: chosen()[name] ?? "" })) }), () => props.onSaved(chosen()[""]));
  };
  return (
    <Dialog title={words.title} onClose={() => props.onClose()}>
      <p class="small">{words.about}</p>
      <FormBox form={form} submit={filesWords.save} onSubmit={save} beside={<button type="button" class="button" onClick={() => props.onClose()}>{filesWords.cancel}</button>}>
        <For each={props.names}>
          {(name, index) => (
            <Labelled form={form} name={`place-${index()}`} label={name === "" ? words.nameless : name}>
              {(ids) => (
                <select id={ids.id} onChange={(event) => setChosen((before) => ({ ...before, [name]: event.currentTarget.value }))}>
                  <For each={props.locations}>{(location) => <option value={location.id} selected={location.id === chosen()[name]}>{location.name}</option>}</For>
                </select>
              )}
            </Labelled>
          )}
        </For>
      </FormBox>
    </Dialog>
  );
}

function nearest(name: string, locations: FilesView["locations"]): string {
  const lower = name.toLowerCase();
  const near = locations.find((location) => lower !== "" && (lower.includes(location.name.toLowerCase()) || location.name.toLowerCase().includes(lower)));
  return (near ?? locations[0])?.id ?? "";
}
