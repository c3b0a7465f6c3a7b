/** Showing a second factor: a passkey, the authenticator app's code, or a recovery code. */
import { createSignal, Show, type JSX } from "solid-js";
import type { SecondFactorView } from "../../../src/features/factors/contract";
import type { EnterRequest, NextPlace } from "../../../src/features/sessions/contract";
import { proofApi } from "../auth-api";
import { knowsPasskeys, showPasskey } from "../passkey";
import { factorWords as words } from "../sign-in-words";
import { codeOf, problemsOfCode } from "./code";
import { createForm, Field, FormBox } from "./form";

type FactorProps = { view: SecondFactorView; enter?: EnterRequest | undefined; onDone: (next: NextPlace) => unknown; beside?: JSX.Element };

/** Whatever the person has, the quickest first; the others are a press away. */
export function FactorForm(props: FactorProps): JSX.Element {
  const [isRecovering, setRecovering] = createSignal(false);
  const hasPasskey = () => props.view.passkey && knowsPasskeys();
  const usesCode = () => props.view.totp || isRecovering();
  return (
    <>
      <Show when={hasPasskey()}><PasskeyForm {...props} /></Show>
      <Show when={hasPasskey() && usesCode()}><p class="or small"><span>{words.or}</span></p></Show>
      <Show when={usesCode()}>
        <Show when={isRecovering()} fallback={<AppForm {...props} />}><RecoveryForm {...props} /></Show>
      </Show>
      <Show when={props.view.recoveryCode}>
        <ul class="ways small">
          <li><button type="button" class="plain" onClick={() => setRecovering(!isRecovering())}>{isRecovering() ? words.notRecovery : words.recovery}</button></li>
        </ul>
      </Show>
    </>
  );
}

function PasskeyForm(props: FactorProps): JSX.Element {
  const form = createForm();
  const ask = async () => {
    const begun = await proofApi.beginPasskey();
    const shown = begun.ok ? await showPasskey(begun.value.options) : begun;
    return shown.ok ? await proofApi.finishPasskey(shown.value, { enter: props.enter }) : shown;
  };
  return (
    <FormBox form={form} submit={words.passkey} isQuiet={props.view.totp} takesFocus={false} onSubmit={() => void form.send([], ask, props.onDone)} beside={props.view.totp ? undefined : props.beside}>{null}</FormBox>
  );
}

function AppForm(props: FactorProps): JSX.Element {
  const form = createForm();
  const show = (typed: string) => form.send(problemsOfCode(typed, words.codeMissing), () => proofApi.byTotp(codeOf(typed), { enter: props.enter }), props.onDone);
  return (
    <FormBox form={form} submit={words.submit} onSubmit={(value) => void show(value("code"))} beside={props.beside}>
      <Field form={form} name="code" label={words.code} hint={words.codeHint} autocomplete="one-time-code" inputmode="numeric" isCode />
    </FormBox>
  );
}

function RecoveryForm(props: FactorProps): JSX.Element {
  const form = createForm();
  const show = (typed: string) => {
    const found = typed.trim() === "" ? [{ field: "recovery", text: words.recoveryMissing }] : [];
    return form.send(found, () => proofApi.byRecovery(typed.trim(), { enter: props.enter }), props.onDone);
  };
  return (
    <FormBox form={form} submit={words.submit} onSubmit={(value) => void show(value("recovery"))} beside={props.beside}>
      <Field form={form} name="recovery" label={words.recoveryCode} hint={words.recoveryHint} autocomplete="off" isCode />
    </FormBox>
  );
}
