/** Before the first conversation: what to do first. */
import { Show, type JSX } from "solid-js";
import { createLive } from "../../ui/live";
import { useShop } from "../../ui/shop";
import { Bars, Loaded } from "../../ui/states";
import { lineApi } from "./line-api";
import { inboxWords as words } from "./words";

/** Without a number there is nothing to wait for: that is said first. */
export function Nothing(): JSX.Element {
  const shop = useShop();
  const line = createLive({ key: () => "texting", ask: lineApi.line });
  return (
    <Loaded live={line} skeleton={<Bars count={3} />}>
      {(texting) => (
        <Show when={texting().line !== null} fallback={<NoNumber />}>
          <div class="notice" data-tone="quiet">
            <h2>{words.emptyTitle}</h2><p>{words.emptyText}</p>
            <Show when={shop.may("messages.send")}><p><a class="button primary" href="/contacts">{words.toContacts}</a></p></Show>
          </div>
        </Show>
      )}
    </Loaded>
  );
}

function NoNumber(): JSX.Element {
  const shop = useShop();
  return (
    <div class="notice" data-tone="quiet">
      <h2>{words.noNumberTitle}</h2><p>{words.noNumberText}</p>
      <Show when={shop.may("messages.manage")} fallback={<p>{words.noNumberAsk(shop.whoMay("messages.manage"))}</p>}>
        <p><a class="button primary" href="/texting">{words.setUpNumber}</a> <a class="button" href="/contacts">{words.toContacts}</a></p>
      </Show>
    </div>
  );
}
