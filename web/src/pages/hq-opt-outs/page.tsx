/** The switch by which a stop at one of the organisation's shops is one at all of them. */
import { createSignal, Show, type JSX } from "solid-js";
import type { SharingView } from "../../../../src/features/consent/contract";
import { hqApi } from "../../hq-api";
import { HqAct } from "../../ui/hq";
import { createLive, type Live } from "../../ui/live";
import { Page } from "../../ui/page";
import { Bars, Loaded } from "../../ui/states";
import { announce } from "../../ui/toast";
import { ConfirmDialog } from "../account/confirm-dialog";
import { hqOptOutWords as words } from "./words";

/** /opt-outs */
export default function HqOptOutsPage(): JSX.Element {
  const live = createLive({ key: () => "opt-outs", ask: hqApi.optOuts });
  return (
    <Page title={words.title} about={words.about}>
      <Loaded live={live} skeleton={<Bars count={3} tall />}>{(view) => <Switch view={view()} live={live} />}</Loaded>
    </Page>
  );
}

/** It asks first, with what it does to the shops. */
function Switch(props: { view: SharingView; live: Live<SharingView> }): JSX.Element {
  const [isAsking, setAsking] = createSignal(false);
  const isOn = () => props.view.sharesOptOuts;
  const turned = async (view: SharingView) => {
    setAsking(false);
    announce(view.sharesOptOuts ? words.turnedOn : words.turnedOff);
    await props.live.reload();
  };
  return (
    <section class="measure">
      <h2><span class="mark" data-tone={isOn() ? "ties" : "quiet"} aria-hidden="true">{isOn() ? "✓ " : "○ "}</span>{isOn() ? words.on : words.off}</h2>
      <p>{props.view.words}</p>
      <p class="buttons"><HqAct permission="hq.manage" onPress={() => setAsking(true)}>{isOn() ? words.turnOff : words.turnOn}</HqAct></p>
      <Show when={isAsking()}>
        <ConfirmDialog
          title={isOn() ? words.offTitle : words.onTitle} about={isOn() ? words.offAbout : words.onAbout} submit={isOn() ? words.offNow : words.onNow}
          act={() => hqApi.shareOptOuts(!isOn())} onDone={(view) => void turned(view)} onClose={() => setAsking(false)}
        />
      </Show>
    </section>
  );
}
