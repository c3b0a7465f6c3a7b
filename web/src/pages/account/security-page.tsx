/** How one signs in: password, passkeys, authenticator app, recovery codes. */
import { useLocation } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import type { FactorsView, NewCodes } from "../../../../src/features/factors/contract";
import { backOf, enterOf, onwards, siteAddress } from "../../addresses";
import { accountApi } from "../../auth-api";
import { createLive } from "../../ui/live";
import { leadToSignIn } from "../../ui/signed-in";
import { Bars, Loaded } from "../../ui/states";
import { AppSection } from "./app-section";
import { CodesDialog } from "./codes-dialog";
import { ConfirmDialog } from "./confirm-dialog";
import { AccountFrame } from "./frame";
import { PasskeysSection } from "./passkeys-section";
import { PasswordSection } from "./password-section";
import { accountWords, securityWords as words } from "./words";

/** auth. /account/security; with a site in its address it leads on to that site once there is a second factor. */
export default function SecurityPage(): JSX.Element {
  const account = createLive({ key: () => "account", ask: accountApi.account });
  const factors = createLive({ key: () => "factors", ask: accountApi.factors });
  const [codes, setCodes] = createSignal<readonly string[] | null>(null);
  leadToSignIn(account);
  const changed = (made: NewCodes) => {
    setCodes(made.recoveryCodes);
    void factors.reload();
  };
  return (
    <AccountFrame title={accountWords.security}>
      <Loaded live={factors} skeleton={<Bars count={6} tall />}>
        {(view) => (
          <>
            <WayOn factors={view()} />
            <AppSection totp={view().totp} onChanged={changed} />
            <PasskeysSection passkeys={view().passkeys} onChanged={changed} />
            <CodesSection factors={view()} onMade={(made) => { setCodes(made); void factors.reload(); }} />
          </>
        )}
      </Loaded>
      <Loaded live={account} skeleton={<Bars count={2} tall />}>
        {(view) => <PasswordSection account={view()} onSaved={() => void account.reload()} />}
      </Loaded>
      <Show when={codes()}>{(made) => <CodesDialog codes={made()} onClose={() => setCodes(null)} />}</Show>
    </AccountFrame>
  );
}

const hasFactor = (factors: FactorsView) => factors.totp !== null || factors.passkeys.length > 0;

/** The way on to the site that asked for a second factor. */
function WayOn(props: { factors: FactorsView }): JSX.Element {
  const at = useLocation();
  const back = () => backOf(at.query);
  const address = () => (enterOf(at.query) === undefined ? siteAddress(location, back() ?? { site: "auth", to: "/" }) : `/enter${onwards(at.query)}`);
  return (
    <Show when={back()}>
      {(to) => (
        <div class="notice" data-tone={hasFactor(props.factors) ? "ties" : "held"}>
          <p>{words.backTo(to().site)}</p>
          <Show when={hasFactor(props.factors)}><p><a class="button primary" href={address()} rel="external">{words.goOn}</a></p></Show>
        </div>
      )}
    </Show>
  );
}

function CodesSection(props: { factors: FactorsView; onMade: (codes: readonly string[]) => void }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const made = ({ codes }: { codes: readonly string[] }) => {
    setOpen(false);
    props.onMade(codes);
  };
  return (
    <section class="card">
      <h2>{words.codesTitle}</h2>
      <p class="small">{words.codesAbout}</p>
      <Show when={hasFactor(props.factors)} fallback={<p>{words.codesWithout}</p>}>
        <p>{words.codesLeft(props.factors.recoveryCodesLeft)}</p>
        <p class="buttons"><button type="button" class="button" onClick={() => setOpen(true)}>{words.newCodes}</button></p>
      </Show>
      <Show when={isOpen()}>
        <ConfirmDialog
          title={words.newCodesTitle} about={words.newCodesAbout} submit={words.newCodesSubmit} act={accountApi.newRecoveryCodes} onDone={made} onClose={() => setOpen(false)}
        />
      </Show>
    </section>
  );
}
