/** The organisation above the shop: who may look in, who agreed, leaving it, and offers that wait. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { OfferView, ShopOrganisationView } from "../../../../src/features/organisations/contract";
import { shopApi } from "../../api";
import { hqRoleWords } from "../../hq-words";
import { createActing, type Act as Acting } from "../../ui/acting";
import { dateIn, plainDate } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { createLive } from "../../ui/live";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Problem } from "../../ui/states";
import { organisationWords as words } from "./organisation-words";

/** A section of the settings, for those who may see the team. */
export default function Organisation(): JSX.Element {
  const live = createLive({ key: () => "organisation of the shop", ask: shopApi.organisation });
  const { act, trouble } = createActing(live);
  return (
    <section>
      <h2>{words.title}</h2>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <Loaded live={live} skeleton={<Bars count={2} tall />}>
        {(view) => (
          <>
            <For each={view().offers}>{(offer) => <Offer offer={offer} act={act} />}</For>
            <Show when={view().organisation} fallback={<><p class="small">{words.none}</p><AskOrganisation act={act} /></>}>
              {(organisation) => <Belonging organisation={organisation()} act={act} />}
            </Show>
          </>
        )}
      </Loaded>
    </section>
  );
}

function Belonging(props: { organisation: NonNullable<ShopOrganisationView["organisation"]>; act: Acting }): JSX.Element {
  const shop = useShop();
  const [isAsking, setAsking] = createSignal(false);
  const about = () => props.organisation;
  return (
    <>
      <p><b>{about().name}</b> · {about().address}<Show when={about().bond}>{(bond) => <><br /><span class="small">{words.bond(plainDate(dateIn(shop.view().zone, bond().joinedAt)), bond().asked, bond().accepted)}</span></>}</Show></p>
      <p class="small">{words.mayLook}</p>
      <ul><For each={about().members}>{(member) => <li>{member.name} <span class="small">{member.email} · {hqRoleWords[member.role]}: {words.sees[member.role]}</span></li>}</For></ul>
      <p class="buttons"><Act permission="ownership.manage" onPress={() => setAsking(true)}>{words.leave}</Act></p>
      <Show when={isAsking()}>
        <Dialog title={words.leaveTitle(about().name)} onClose={() => setAsking(false)}>
          <p>{words.leaveText}</p>
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => setAsking(false)}>{words.cancel}</button>
            <button type="button" class="button danger" onClick={() => { setAsking(false); void props.act(shopApi.leaveOrganisation(), words.left); }}>{words.leave}</button>
          </div>
        </Dialog>
      </Show>
    </>
  );
}

function Offer(props: { offer: OfferView; act: Acting }): JSX.Element {
  const isTheirs = () => props.offer.askedBy === "organisation";
  const name = () => props.offer.name ?? `hq-${props.offer.address}`;
  return (
    <div class="notice">
      <h3>{isTheirs() ? words.asksUs(name(), props.offer.person) : words.weAsked(name(), props.offer.person)}</h3>
      <p>{isTheirs() ? words.asksUsAbout : words.weAskedAbout} {words.until(plainDate(dateIn("UTC", props.offer.expiresAt)))}</p>
      <div class="buttons">
        <Show when={isTheirs()}><Act permission="ownership.manage" isPrimary onPress={() => void props.act(shopApi.acceptOffer(props.offer.id), words.joined(name()))}>{words.accept}</Act></Show>
        <Act permission="ownership.manage" onPress={() => void props.act(shopApi.declineOffer(props.offer.id), words.ended)}>{isTheirs() ? words.decline : words.takeBack}</Act>
      </div>
    </div>
  );
}

function AskOrganisation(props: { act: Acting }): JSX.Element {
  const [address, setAddress] = createSignal("");
  const [wrong, setWrong] = createSignal("");
  const send = async () => {
    const slug = (address().trim().toLowerCase().replace(/^https?:\/\//, "").split(".")[0] ?? "").replace(/^hq-/, "");
    setWrong(slug.length < 2 ? words.noAddress : "");
    if (slug.length >= 2 && (await props.act(shopApi.askOrganisation(slug), words.asked(slug)))) setAddress("");
  };
  return (
    <form class="field measure" onSubmit={(event) => { event.preventDefault(); void send(); }} novalidate>
      <label for="organisation-address">{words.address}</label>
      <p class="small">{words.addressAbout}</p>
      <p id="organisation-problem" class="wrong" role="alert">{wrong()}</p>
      <input id="organisation-address" value={address()} maxlength="80" placeholder="hq-tidewater" aria-invalid={wrong() === "" ? undefined : "true"} aria-describedby="organisation-problem" onInput={(event) => setAddress(event.currentTarget.value)} />
      <p class="buttons"><Act permission="ownership.manage" onPress={() => void send()}>{words.send}</Act></p>
    </form>
  );
}
