/** How a visit to a provider ended, above the page that it came back to. */
import { useLocation } from "@solidjs/router";
import { Show, type JSX } from "solid-js";
import type { ConnectionsView } from "../../../../src/features/connections/contract";
import { useShop } from "../../ui/shop";
import { connectionWords as words, hereWords, refusedOtherwise, refusedWords } from "./words";

/** What came of the visit to the provider's consent page. */
export function ConsentNotice(props: { view: ConnectionsView | undefined }): JSX.Element {
  const at = useLocation();
  const shop = useShop();
  const nameOf = (provider: unknown) => props.view?.offers.find((offer) => offer.provider === provider)?.name;
  const connected = () => nameOf(at.query["connected"]);
  const isHere = () => Object.keys(hereWords).some((provider) => provider === at.query["connected"]);
  const refused = () => at.query["refused"];
  const sentence = (code: unknown) => Object.entries(refusedWords).find(([known]) => known === code)?.[1] ?? refusedOtherwise;
  const isSettingUp = () => at.pathname === "/connections" && shop.overview.value()?.mode === "preview";
  return (
    <>
      <Show when={connected()}>
        {(name) => <div class="notice" data-tone="ties" role="status"><h2><span aria-hidden="true">✓ </span>{words.connectedNotice(name())}</h2><Show when={!isHere()}><p>{words.connectedNext}</p></Show><Show when={isSettingUp()}><p><a class="button primary" href="/set-up">{words.backToSetUp}</a></p></Show></div>}
      </Show>
      <Show when={refused()}>
        {(code) => <div class="notice" data-tone="held" role="alert"><h2>{words.refusedTitle(nameOf(at.query["provider"]) ?? "The account")}</h2><p>{sentence(code())}</p></div>}
      </Show>
    </>
  );
}
