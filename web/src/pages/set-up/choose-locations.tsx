/** All locations at once: which, from when, and when each closes. */
import { createSignal, createUniqueId, For, Show, type JSX } from "solid-js";
import type { LocationView } from "../../../../src/features/connections/contract";
import { parseBusinessDate, type BusinessDate } from "../../../../src/kernel/day";
import { shopApi, type Trouble } from "../../api";
import { Act, Problem } from "../../ui/states";
import { proposedCutOff } from "../connections/location";
import { CutOffSelect } from "../connections/location-dialog";
import { locationWords } from "../connections/words";
import { setUpWords as words } from "./words";

type Props = { locations: readonly LocationView[]; today: BusinessDate; onChosen: () => void };

/** Starts with every location ticked, from the first day of this month. */
export function ChooseLocations(props: Props): JSX.Element {
  const id = createUniqueId();
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set(props.locations.map((location) => location.id)));
  const [cutOffs, setCutOffs] = createSignal<Readonly<Record<string, number>>>({});
  const [from, setFrom] = createSignal(`${props.today.slice(0, 7)}-01`);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [wrong, setWrong] = createSignal("");
  const [isBusy, setBusy] = createSignal(false);
  const toggle = (location: string, isOn: boolean) => setChosen((before) => new Set(isOn ? [...before, location] : [...before].filter((one) => one !== location)));
  const cutOffOf = (location: LocationView) => cutOffs()[location.id] ?? proposedCutOff(location);
  const start = async () => {
    setWrong(chosen().size === 0 ? words.none : parseBusinessDate(from()) === null ? locationWords.dateWrong : "");
    if (wrong() !== "") return;
    setBusy(true);
    for (const location of props.locations.filter((one) => chosen().has(one.id))) {
      const answer = await shopApi.chooseLocation(location.id, { startsOn: from(), cutOffMinutes: cutOffOf(location) });
      setTrouble(answer.ok ? undefined : answer.failure);
      if (!answer.ok) break;
    }
    setBusy(false);
    props.onChosen();
  };
  return (
    <div class="choose-locations">
      <fieldset>
        <legend class="unseen">{locationWords.title}</legend>
        <For each={props.locations}>
          {(location) => (
            <div class="choose-row">
              <label class="tick"><input type="checkbox" checked={chosen().has(location.id)} onChange={(event) => toggle(location.id, event.currentTarget.checked)} /> {location.name}</label>
              <span class="small">{locationWords.closes.toLowerCase()}</span>
              <CutOffSelect label={words.closesAt(location.name)} value={cutOffOf(location)} onChange={(minutes) => setCutOffs((all) => ({ ...all, [location.id]: minutes }))} />
            </div>
          )}
        </For>
      </fieldset>
      <p class="small">{words.chooseHint}</p>
      <div class="field"><label for={id}>{words.from}</label><input id={id} type="date" value={from()} onInput={(event) => setFrom(event.currentTarget.value)} /></div>
      <Show when={wrong() !== ""}><p class="wrong" role="alert">{wrong()}</p></Show>
      <p><Act permission="connections.manage" isPrimary isBusy={isBusy()} onPress={() => void start()}>{words.start}</Act></p>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
    </div>
  );
}
