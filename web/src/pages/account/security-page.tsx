/** How one signs in: password, passkeys, authenticator app, recovery codes. */
import { useLocation } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import type { FactorsView, NewCodes } from "../../../../src/features/factors/contract";
import type { AccountView } from "../../../../src/features/sign-in/contract";
import type { Answer } from "../../ask";
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
  const security = createLive({ key: () => "security", ask: askSecurity });
  const [codes, setCodes] = createSignal<readonly string[] | null>(null);
  leadToSignIn(security);
  const reload = () => void security.reload();
  const changed = (made: NewCodes) => {
    if (made.recoveryCodes !== null) setCodes(made.recoveryCodes);
    reload();
  };
  return (
    <AccountFrame title={accountWords.security}>
      <Loaded live={security} skeleton={<Bars count={6} tall />}>
        {(view) => (
          <>
            <WayOn factors={view().factors} />
            <AppSection totp={view().factors.totp} onChanged={changed} />
            <PasskeysSection passkeys={view().factors.passkeys} onChanged={changed} />
            <CodesSection factors={view().factors} onMade={(codes) => changed({ recoveryCodes: codes })} />
            <PasswordSection account={view().account} onSaved={reload} />
          </>
        )}
      </Loaded>
      <Show when={codes()}>{(made) => <CodesDialog codes={made()} onClose={() => setCodes(null)} />}</Show>
    </AccountFrame>
  );
}

/** Both or neither: half of this page would be half the truth. */
async function askSecurity(): Promise<Answer<{ readonly account: AccountView; readonly factors: FactorsView }>> {
  const [account, factors] = await Promise.all([accountApi.account(), accountApi.factors()]);
  if (!account.ok) return account;
  return factors.ok ? { ok: true, value: { account: account.value, factors: factors.value } } : factors;
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

function CodesSection(props: { factors: FactorsView; onMade: (codes: string[]) => void }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const made = ({ codes }: { codes: string[] }) => {
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
