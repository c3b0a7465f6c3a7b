/** Adds a location to a till that brings none by itself. */
import { createSignal, For, Show, type JSX } from "solid-js";
import { shopApi } from "../../api";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox, Labelled, type Values } from "../../ui/form";
import { zones } from "../../ui/new-shop";
import { useShop } from "../../ui/shop";
import { Act } from "../../ui/states";
import { announce } from "../../ui/toast";
import { addLocationWords as words } from "./add-location-words";

type Props = { connection: string; isFirst: boolean; onAdded: () => void };

/** The button, and the way to where files are dropped. */
export default function AddLocation(props: Props): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  return (
    <>
      <p class="buttons"><Act permission="connections.manage" isPrimary={props.isFirst} onPress={() => setOpen(true)}>{words.open}</Act><a class="button" href="/files">{words.toFiles}</a></p>
      <Show when={isOpen()}><AddLocationDialog connection={props.connection} onAdded={() => props.onAdded()} onClose={() => setOpen(false)} /></Show>
    </>
  );
}

/** Its zone is the shop's until somebody says otherwise. */
function AddLocationDialog(props: { connection: string; onAdded: () => void; onClose: () => void }): JSX.Element {
  const shop = useShop();
  const form = createForm();
  const add = (value: Values) => {
    const name = value("name").trim();
    const problems = name === "" ? [{ field: "name", text: words.nameMissing }] : [];
    void form.send(problems, async () => await shopApi.addLocation({ connection: props.connection, name, zone: value("zone") }), () => {
      announce(words.added(name));
      props.onAdded();
      props.onClose();
    });
  };
  return (
    <Dialog title={words.title} onClose={() => props.onClose()}>
      <FormBox form={form} submit={words.add} onSubmit={add} beside={<button type="button" class="button" onClick={() => props.onClose()}>{words.cancel}</button>}>
        <Field form={form} name="name" label={words.name} hint={words.nameHint} autocomplete="off" />
        <Labelled form={form} name="zone" label={words.zone}>
          {(ids) => (
            <select id={ids.id} name="zone" aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about}>
              <For each={[...new Set([shop.view().zone, ...zones()])]}>{(zone) => <option value={zone} selected={zone === shop.view().zone}>{zone.replaceAll("_", " ")}</option>}</For>
            </select>
          )}
        </Labelled>
      </FormBox>
    </Dialog>
  );
}
