/** The links that were given, and what came of them. */
import { createSignal, For, Show, type Accessor, type JSX } from "solid-js";
import type { SharesView, ShareView } from "../../../../src/features/shares/contract";
import { ById } from "../../ui/by-id";
import { ago, momentIn } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { copyText } from "./copy";
import { shareStates, shareWords as words, useWords } from "./share-words";

const HOUR_MS = 3_600_000;

/** "7 days", "5 hours", "less than an hour" from now to an instant. */
export function leftUntil(instant: number, now: number = Date.now()): string {
  const hours = Math.floor((instant - now) / HOUR_MS);
  if (hours < 1) return "less than an hour from now";
  return hours < 48 ? `${hours} ${hours === 1 ? "hour" : "hours"} from now` : `${Math.round(hours / 24)} days from now`;
}

type Revoke = (share: string) => Promise<boolean>;

/** Those that work, each with its way back; the others folded below. */
export function Shares(props: { shares: readonly ShareView[]; onRevoke: Revoke }): JSX.Element {
  let heading: HTMLHeadingElement | undefined;
  const live = () => props.shares.filter(({ state }) => state === "live");
  const past = () => props.shares.filter(({ state }) => state !== "live");
  const revoke: Revoke = async (share) => {
    const isRevoked = await props.onRevoke(share);
    // The row takes the pressed button with it.
    if (isRevoked) heading?.focus();
    return isRevoked;
  };
  return (
    <section class="share-part">
      <h3 tabindex="-1" ref={(made) => (heading = made)}>{words.live}</h3>
      <Show when={live().length > 0} fallback={<p class="small">{words.noneLive}</p>}>
        <ul class="shares"><ById items={live()}>{(share) => <Live share={share} onRevoke={revoke} />}</ById></ul>
      </Show>
      <Show when={past().length > 0}>
        <details><summary>{words.past(past().length)}</summary><ul class="shares"><ById items={past()}>{(share) => <li><Share share={share()} /></li>}</ById></ul></details>
      </Show>
    </section>
  );
}

function Share(props: { share: ShareView }): JSX.Element {
  const shop = useShop();
  const one = () => props.share;
  const look = () => shareStates[one().state];
  const when = (instant: number) => ago(instant, Date.now(), shop.view().zone);
  const terms = () => [one().state === "live" ? words.until(momentIn(shop.view().zone, one().expiresAt), leftUntil(one().expiresAt)) : "", one().isOnce ? words.once : "", one().hasPassphrase ? words.withPassphrase : "", words.taken(one().takenCount, when(one().takenAt ?? 0)), words.by(one().createdBy, when(one().createdAt))];
  return (
    <div>
      <b>{one().recipient === "" ? words.nobody : one().recipient}</b> <span class="mark" data-tone={look().tone}><span aria-hidden="true">{look().glyph} </span>{look().word}</span>
      <small>{terms().filter((term) => term !== "").join(" · ")}</small>
    </div>
  );
}

function Live(props: { share: Accessor<ShareView>; onRevoke: Revoke }): JSX.Element {
  const [isBusy, setBusy] = createSignal(false);
  const [said, setSaid] = createSignal("");
  const one = () => props.share();
  const revoke = async () => {
    if (isBusy()) return;
    setBusy(true);
    await props.onRevoke(one().id);
    setBusy(false);
  };
  const copy = async (url: string) => setSaid((await copyText(url)) ? words.copied : url);
  const name = () => <span class="unseen">: {one().recipient === "" ? words.nobody : one().recipient}</span>;
  return (
    <li>
      <Share share={one()} />
      <span class="row-acts">
        <Show when={one().url}>{(url) => <button type="button" class="button" onClick={() => void copy(url())}>{words.copy}{name()}</button>}</Show>
        <button type="button" class="button" aria-disabled={isBusy() ? "true" : undefined} onClick={() => void revoke()}>{words.revoke}{name()}</button>
      </span>
      <p class="small as-is" role="status">{said()}</p>
    </li>
  );
}

/** When, who, from where; the newest first. */
export function Uses(props: { view: SharesView }): JSX.Element {
  const shop = useShop();
  return (
    <section class="share-part">
      <h3>{words.uses}</h3>
      <Show when={props.view.uses.length > 0} fallback={<p class="small">{words.noUses}</p>}>
        <ol class="uses" tabindex="0" aria-label={words.uses}>
          <For each={props.view.uses}>
            {(use) => <li><b>{use.who === "" ? words.somebody : use.who}</b> {useWords[use.act]}<small>{momentIn(shop.view().zone, use.at)} · {words.from(use.place, use.device)}</small></li>}
          </For>
        </ol>
      </Show>
    </section>
  );
}
