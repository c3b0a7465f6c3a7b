/** The front door of a shop: the set-up until it is done, then the days. */
import { Navigate } from "@solidjs/router";
import { Show, type JSX } from "solid-js";
import { useShop } from "../../ui/shop";
import { Bars, Loaded } from "../../ui/states";

/** / */
export default function Home(): JSX.Element {
  const shop = useShop();
  return (
    <Show when={shop.may("days.read")} fallback={<Navigate href="/settings" />}>
      <Loaded live={shop.overview} skeleton={<Bars count={6} tall />}>
        {(overview) => <Navigate href={overview().mode === "preview" || overview().locations.length === 0 ? "/set-up" : "/days"} />}
      </Loaded>
    </Show>
  );
}
