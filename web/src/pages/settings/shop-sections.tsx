/** The shop itself: its name, its address, the second factor, its people. */
import { createSignal, Show, type JSX } from "solid-js";
import type { Trouble } from "../../api";
import { ownShopApi, teamApi } from "../../team-api";
import { createForm, Field, FormBox } from "../../ui/form";
import { useShop } from "../../ui/shop";
import { Act, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { ConfirmDialog } from "../account/confirm-dialog";
import { AddressDialog } from "./address-dialog";
import { shopWords as words } from "./shop-words";

/** What an owner or an admin may change is shown to everybody, and says whose it is to change. */
export function ShopSections(): JSX.Element {
  return <><NameSection /><AddressSection /><FactorSection /><PeopleSection /></>;
}

function NameSection(): JSX.Element {
  const shop = useShop();
  const form = createForm();
  const save = (typed: string) => {
    const name = typed.trim();
    return form.send(name === "" ? [{ field: "name", text: words.nameMissing }] : [], () => ownShopApi.rename(name), async () => {
      await shop.reload();
      announce(words.saved);
    });
  };
  return (
    <section>
      <h2>{words.shop}</h2>
      <Show when={shop.may("shop.manage")} fallback={<p>{shop.view().name}<br /><span class="small">{words.needs(shop.whoMay("shop.manage"))}</span></p>}>
        <div class="measure">
          <FormBox form={form} submit={words.save} isQuiet takesFocus={false} onSubmit={(value) => void save(value("name"))}>
            <Field form={form} name="name" label={words.name} hint={words.nameHint} autocomplete="organization" value={shop.view().name} />
          </FormBox>
        </div>
      </Show>
    </section>
  );
}

function AddressSection(): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  return (
    <section>
      <h2>{words.address}</h2>
      <p class="long">{words.addressAbout(location.host)}</p>
      <p class="buttons"><Act permission="shop.manage" onPress={() => setOpen(true)}>{words.move}</Act></p>
      <Show when={isOpen()}><AddressDialog onClose={() => setOpen(false)} /></Show>
    </section>
  );
}

function FactorSection(): JSX.Element {
  const shop = useShop();
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const isAsked = () => shop.view().requiresSecondFactor;
  const turn = async () => {
    const required = !isAsked();
    setBusy(true);
    const answer = await ownShopApi.askForSecondFactor(required);
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (!answer.ok) return;
    await shop.reload();
    announce(required ? words.turnedOn : words.turnedOff);
  };
  return (
    <section>
      <h2>{words.factor}</h2>
      <p class="small">{words.factorAbout}</p>
      <p><span class="mark" data-tone={isAsked() ? "ties" : "quiet"}>{isAsked() ? "✓ " : "○ "}</span>{isAsked() ? words.factorOn : words.factorOff}</p>
      <Show when={trouble()}>{(found) => <Problem trouble={found()} />}</Show>
      <p class="buttons"><Act permission="shop.manage" isBusy={isBusy()} onPress={() => void turn()}>{isAsked() ? words.turnOff : words.turnOn}</Act></p>
    </section>
  );
}

function PeopleSection(): JSX.Element {
  const shop = useShop();
  const [isLeaving, setLeaving] = createSignal(false);
  return (
    <section>
      <h2>{words.people}</h2>
      <p class="small">{words.peopleAbout}</p>
      <p class="buttons">
        <Show when={shop.may("team.read")}><a class="button" href="/team">{words.team}</a></Show> <a class="button" href="/permissions">{words.permissions}</a>{" "}
        <button type="button" class="button" onClick={() => setLeaving(true)}>{words.leave}</button>
      </p>
      <Show when={isLeaving()}>
        <ConfirmDialog
          title={words.leaveTitle(shop.view().name)} about={words.leaveText} submit={words.leaveNow} act={() => teamApi.leave(shop.view().slug)}
          onDone={() => location.assign(shop.view().authUrl)} onClose={() => setLeaving(false)}
        />
      </Show>
    </section>
  );
}
