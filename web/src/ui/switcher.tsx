/** The way to somebody's other shops, in the menu of the shop; loaded when that is opened. */
import { For, Show, type JSX } from "solid-js";
import { shopApi } from "../api";
import { anyRoleWord } from "../words";
import { createLive } from "./live";
import { useShop } from "./shop";

/** The person's other shops and their organisations; while they are fetched, or cannot be, the way to all of them stands below. */
export default function Switcher(): JSX.Element {
  const shop = useShop();
  const live = createLive({ key: () => "switcher", ask: shopApi.switcher });
  const others = () => [...(live.value()?.shops ?? []).filter(({ slug }) => slug !== shop.view().slug), ...(live.value()?.organisations ?? [])];
  return (
    <Show when={others().length > 0}>
      <ul class="switcher">
        <For each={others()}>{(one) => <li><a href={one.url} rel="external"><b>{one.name}</b><small>{`You are ${anyRoleWord(one.role)}`}</small></a></li>}</For>
      </ul>
    </Show>
  );
}
