/** The second step of signing in, and what a site asks for that wants a second factor of everybody. */
import { useLocation } from "@solidjs/router";
import { Show, type Accessor, type JSX } from "solid-js";
import type { SecondFactorView } from "../../../../src/features/factors/contract";
import type { NextPlace } from "../../../../src/features/sessions/contract";
import { backOf, enterOf, onwards, siteAddress } from "../../addresses";
import { entryApi, proofApi } from "../../auth-api";
import { goOn } from "../../onward";
import { Card, LoadedPage } from "../../ui/card";
import { FactorForm } from "../../ui/factor-form";
import { createLive } from "../../ui/live";
import { leadToSignIn } from "../../ui/signed-in";
import { secondFactorWords as words } from "./words";

/** auth. /second-factor */
export default function SecondFactorPage(): JSX.Element {
  const factors = createLive({ key: () => "second-factor", ask: proofApi.secondFactor });
  leadToSignIn(factors);
  return (
    <LoadedPage live={factors} title={words.title}>
      {(view) => <Show when={view().isEnrolled} fallback={<NotEnrolled />}><Enrolled view={view} /></Show>}
    </LoadedPage>
  );
}

function Enrolled(props: { view: Accessor<SecondFactorView> }): JSX.Element {
  const at = useLocation();
  const back = () => backOf(at.query);
  const enter = () => enterOf(at.query);
  // A site that sent somebody who is in it already named the page alone: nothing has to be entered anew.
  const leave = ({ next }: NextPlace) => goOn(returnTo() ?? next);
  const returnTo = () => {
    const to = back();
    return enter() === undefined && to !== undefined ? siteAddress(location, to) : null;
  };
  const signOut = async () => {
    await entryApi.signOut();
    location.assign(`/sign-in${onwards(at.query)}`);
  };
  return (
    <Card title={words.title} about={back() === undefined || props.view().state === "second_factor" ? words.about : words.forSite(back()?.site ?? "")}>
      <FactorForm view={props.view()} enter={enter()} onDone={leave} />
      <ul class="ways small"><li><button type="button" class="plain" onClick={() => void signOut()}>{words.signOut}</button></li></ul>
    </Card>
  );
}

/** Set-up leads back here with the way on in its address. */
function NotEnrolled(): JSX.Element {
  const at = useLocation();
  const site = () => backOf(at.query)?.site;
  return (
    <Card title={site() === undefined ? words.noneAlone : words.none(site() ?? "")} about={words.noneAbout}>
      <p class="buttons"><a class="button primary" href={`/account/security${onwards(at.query)}`}>{words.setUp}</a></p>
    </Card>
  );
}
