/** The authenticator app: set up by a QR code that is drawn here, confirmed by a code, and removed. */
import { createSignal, lazy, Show, Suspense, type JSX } from "solid-js";
import type { FactorsView, NewCodes, TotpBegun } from "../../../../src/features/factors/contract";
import type { Trouble } from "../../ask";
import { accountApi } from "../../auth-api";
import { formWords } from "../../words";
import { codeOf, problemsOfCode } from "../../ui/code";
import { dateIn, plainDate } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox } from "../../ui/form";
import { guessedZone } from "../../ui/new-shop";
import { Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { ConfirmDialog } from "./confirm-dialog";
import { securityWords as words } from "./words";

const QrCode = lazy(() => import("./qr-code"));

type SectionProps = { totp: FactorsView["totp"]; onChanged: (made: NewCodes) => void };

/** A section of the security page; `onChanged` brings the recovery codes that a first factor comes with. */
export function AppSection(props: SectionProps): JSX.Element {
  const [begun, setBegun] = createSignal<TotpBegun>();
  const [isRemoving, setRemoving] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const begin = async () => {
    const answer = await accountApi.beginTotp();
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) setBegun(answer.value);
  };
  const done = (said: string, made: NewCodes) => {
    setBegun(undefined);
    setRemoving(false);
    announce(said);
    props.onChanged(made);
  };
  return (
    <section class="card">
      <h2>{words.appTitle}</h2>
      <p class="small">{words.appAbout}</p>
      <Show when={props.totp}>{(totp) => <p>{words.appSince(plainDate(dateIn(guessedZone(), totp().confirmedAt)))}</p>}</Show>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <p class="buttons">
        <button type="button" class="button" onClick={() => void begin()}>{props.totp === null ? words.setUpApp : words.replaceApp}</button>
        <Show when={props.totp}><button type="button" class="button" onClick={() => setRemoving(true)}>{words.removeApp}</button></Show>
      </p>
      <Show when={begun()}>{(key) => <AppDialog begun={key()} onClose={() => setBegun(undefined)} onDone={(made) => done(words.appDone, made)} />}</Show>
      <Show when={isRemoving()}>
        <ConfirmDialog
          title={words.removeAppTitle} about={words.removeAppAbout} submit={words.removeAppSubmit} act={accountApi.removeTotp}
          onDone={() => done(words.appRemoved, { recoveryCodes: null })} onClose={() => setRemoving(false)}
        />
      </Show>
    </section>
  );
}

function AppDialog(props: { begun: TotpBegun; onClose: () => void; onDone: (made: NewCodes) => void }): JSX.Element {
  const form = createForm();
  const confirm = (typed: string) => form.send(problemsOfCode(typed, words.appCodeMissing), () => accountApi.confirmTotp(codeOf(typed)), props.onDone);
  return (
    <Dialog title={words.appDialog} onClose={props.onClose}>
      <p>{words.appScan}</p>
      <Suspense fallback={<div class="qr" />}><QrCode text={props.begun.uri} label={words.qr} /></Suspense>
      <p>{words.appKey} <code class="key">{inFours(props.begun.secret)}</code></p>
      <FormBox
        form={form} submit={words.appConfirm} onSubmit={(value) => void confirm(value("code"))}
        beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}
      >
        <Field form={form} name="code" label={words.appCode} autocomplete="one-time-code" inputmode="numeric" isCode />
      </FormBox>
    </Dialog>
  );
}

/** A key is typed in groups of four; apps take it with or without the spaces. */
function inFours(secret: string): string {
  return secret.replaceAll(/\s/g, "").match(/.{1,4}/g)?.join(" ") ?? "";
}
