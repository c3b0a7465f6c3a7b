/** The till's locations: which are kept, from when, and where their days are cut. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { ConnectionView, LocationView } from "../../../../src/features/connections/contract";
import { cutOffWords, momentIn, plainDate } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { Act } from "../../ui/states";
import { LocationDialog } from "./location-dialog";
import { locationWords as words } from "./words";

/** A table; each row opens its dialog. */
export function Locations(props: { locations: readonly LocationView[]; connections: readonly ConnectionView[]; onSaved: () => void }): JSX.Element {
  const shop = useShop();
  const [open, setOpen] = createSignal<LocationView | null>(null);
  const tillNameOf = (location: LocationView) => props.connections.find((one) => one.id === location.connectionId)?.providerName ?? words.till;
  const saved = () => {
    props.onSaved();
    void shop.overview.reload();
  };
  return (
    <section id="locations">
      <h2>{words.title}</h2>
      <p class="small">{props.locations.length === 0 ? words.none : words.about}</p>
      <Show when={props.locations.length > 0}>
        <div class="card flush">
          <table class="ledger locations">
            <caption class="unseen">{words.title}</caption>
            <thead><tr><th scope="col">{words.name}</th><th scope="col">{words.code}</th><th scope="col">{words.closes}</th><th scope="col">{words.starts}</th><th scope="col">{words.next}</th><th scope="col"><span class="unseen">{words.change}</span></th></tr></thead>
            <tbody><For each={props.locations}>{(location) => <Row location={location} onOpen={() => setOpen(location)} />}</For></tbody>
          </table>
        </div>
      </Show>
      <Show when={open()}>{(location) => <LocationDialog location={location()} tillName={tillNameOf(location())} onSaved={saved} onClose={() => setOpen(null)} />}</Show>
    </section>
  );
}

function Row(props: { location: LocationView; onOpen: () => void }): JSX.Element {
  const one = () => props.location;
  const isKept = () => one().startsOn !== null;
  return (
    <tr>
      <th scope="row">{one().name}<small>{one().zone}</small></th>
      <td data-label={words.code}>{one().code}</td>
      <td data-label={words.closes}>{cutOffWords(one().cutOffMinutes)}</td>
      <td data-label={words.starts}>{isKept() ? plainDate(one().startsOn ?? "") : words.notChosen}</td>
      <td data-label={words.next}>{one().nextDueAt === null || !isKept() ? "–" : momentIn(one().zone, one().nextDueAt ?? 0)}</td>
      <td class="n"><Act permission="connections.manage" onPress={() => props.onOpen()}>{isKept() ? words.change : words.choose}<span class="unseen"> {one().name}</span></Act></td>
    </tr>
  );
}
