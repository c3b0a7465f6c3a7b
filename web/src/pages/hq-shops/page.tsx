/** The organisation's shops, who agreed that they belong, and the offers that wait. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { HqShopsView, OfferView } from "../../../../src/features/organisations/contract";
import { hqApi } from "../../hq-api";
import { createActing, type Act } from "../../ui/acting";
import { dateIn, plainDate } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { HqAct } from "../../ui/hq";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded, Problem } from "../../ui/states";
import { hqShopWords as words } from "./words";

type Shop = HqShopsView["shops"][number];

/** /shops */
export default function HqShopsPage(): JSX.Element {
  const live = createLive({ key: () => "shops", ask: hqApi.shops });
  const [going, setGoing] = createSignal<Shop | null>(null);
  const { act, trouble } = createActing(live);
  return (
    <Page title={words.title} about={words.about}>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <Loaded live={live} skeleton={<Bars count={5} tall />}>
        {(view) => (
          <div class="stack wide">
            <Show when={view().shops.length > 0} fallback={<p class="nothing">{words.none}</p>}><Shops shops={view().shops} onLetGo={setGoing} /></Show>
            <Show when={view().offers.length > 0}><Offers offers={view().offers} act={act} /></Show>
            <AskShop act={act} />
          </div>
        )}
      </Loaded>
      <Show when={going()}>
        {(shop) => (
          <Dialog title={words.goTitle(shop().name)} onClose={() => setGoing(null)}>
            <p>{words.goText}</p>
            <div class="dialog-actions">
              <button type="button" class="button" onClick={() => setGoing(null)}>{words.cancel}</button>
              <button type="button" class="button danger" onClick={() => { const { id, name } = shop(); setGoing(null); void act(hqApi.letGo(id), words.gone(name)); }}>{words.letGo}</button>
            </div>
          </Dialog>
        )}
      </Show>
    </Page>
  );
}

function Shops(props: { shops: readonly Shop[]; onLetGo: (shop: Shop) => void }): JSX.Element {
  return (
    <table class="ledger people">
      <caption class="unseen">{words.title}</caption>
      <thead><tr><th scope="col">{words.shop}</th><th scope="col">{words.agreed}</th><th scope="col"><span class="unseen">{words.letGo}</span></th></tr></thead>
      <tbody>
        <For each={props.shops}>
          {(shop) => (
            <tr>
              <th scope="row"><a href={shop.url} rel="external">{shop.name}</a><small>{new URL(shop.url).host}{shop.requiresSecondFactor ? ` · ${words.factor}` : ""}</small></th>
              <td><Show when={shop.bond}>{(bond) => <>{words.bond(plainDate(dateIn(shop.zone, bond().joinedAt)), bond().asked, bond().accepted)}</>}</Show></td>
              <td><HqAct permission="hq.shops.manage" onPress={() => props.onLetGo(shop)}>{words.letGo}<span class="unseen"> {shop.name}</span></HqAct></td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

function Offers(props: { offers: readonly OfferView[]; act: Act }): JSX.Element {
  return (
    <section>
      <h2>{words.offers}</h2>
      <table class="ledger people">
        <caption class="unseen">{words.offers}</caption>
        <thead><tr><th scope="col">{words.shop}</th><th scope="col">{words.until}</th><th scope="col"><span class="unseen">{words.answer}</span></th></tr></thead>
        <tbody>
          <For each={props.offers}>
            {(offer) => (
              <tr>
                <th scope="row">{offer.name ?? offer.address}<small>{offer.askedBy === "shop" ? words.asksUs(offer.person) : words.weAsked(offer.person)}</small></th>
                <td data-label={words.until}>{plainDate(dateIn("UTC", offer.expiresAt))}</td>
                <td>
                  <div class="buttons">
                    <Show when={offer.askedBy === "shop"}>
                      <HqAct permission="hq.shops.manage" isPrimary onPress={() => void props.act(hqApi.accept(offer.id), words.joined(offer.name ?? offer.address))}>{words.accept}</HqAct>
                    </Show>
                    <HqAct permission="hq.shops.manage" onPress={() => void props.act(hqApi.decline(offer.id), words.ended)}>{offer.askedBy === "shop" ? words.decline : words.takeBack}</HqAct>
                  </div>
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  );
}

function AskShop(props: { act: Act }): JSX.Element {
  const [address, setAddress] = createSignal("");
  const [wrong, setWrong] = createSignal("");
  const send = async () => {
    const slug = address().trim().toLowerCase().replace(/^https?:\/\//, "").split(".")[0] ?? "";
    setWrong(slug.length < 2 ? words.noAddress : "");
    if (slug.length >= 2 && (await props.act(hqApi.askShop(slug), words.asked(slug)))) setAddress("");
  };
  return (
    <section>
      <h2>{words.ask}</h2>
      <p class="small">{words.askAbout}</p>
      <form class="inline" onSubmit={(event) => { event.preventDefault(); void send(); }} novalidate>
        <label>{words.address}<input value={address()} maxlength="80" placeholder="harbour" aria-invalid={wrong() === "" ? undefined : "true"} aria-describedby="ask-problem" onInput={(event) => setAddress(event.currentTarget.value)} /></label>
        <HqAct permission="hq.shops.manage" onPress={() => void send()}>{words.send}</HqAct>
        <p id="ask-problem" class="wrong" role="alert">{wrong()}</p>
      </form>
    </section>
  );
}
