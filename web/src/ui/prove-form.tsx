/** Proving once more who one is: with a second factor where there is one, else with the password, else by letter. */
import { createSignal, Match, Show, Switch, type JSX } from "solid-js";
import type { AccountView } from "../../../src/features/sign-in/contract";
import { accountApi, entryApi, proofApi } from "../auth-api";
import { proveWords as words } from "../sign-in-words";
import { FactorForm } from "./factor-form";
import { createForm, Field, FormBox } from "./form";
import { LetterCode } from "./letter-code";
import { createLive } from "./live";
import { Bars, Loaded } from "./states";

type ProveProps = { onDone: () => void; beside?: JSX.Element };

/** The form that fits the person; `onDone` once they proved it. */
export function ProveForm(props: ProveProps): JSX.Element {
  const factors = createLive({ key: () => "second-factor", ask: proofApi.secondFactor });
  return (
    <Loaded live={factors} skeleton={<Bars count={2} tall />}>
      {(view) => (
        <Show when={view().isEnrolled} fallback={<WithoutFactor {...props} />}>
          <FactorForm view={view()} onDone={props.onDone} beside={props.beside} />
        </Show>
      )}
    </Loaded>
  );
}

function WithoutFactor(props: ProveProps): JSX.Element {
  const account = createLive({ key: () => "account", ask: accountApi.account });
  return (
    <Loaded live={account} skeleton={<Bars count={2} tall />}>
      {(view) => <Show when={view().hasPassword} fallback={<ByLetter account={view()} {...props} />}><ByPassword account={view()} {...props} /></Show>}
    </Loaded>
  );
}

function ByPassword(props: ProveProps & { account: AccountView }): JSX.Element {
  const form = createForm();
  const prove = (password: string) => (
    form.send(password === "" ? [{ field: "password", text: words.passwordMissing }] : [], () => proofApi.byPassword(password), props.onDone)
  );
  return (
    <FormBox form={form} submit={words.submit} onSubmit={(value) => void prove(value("password"))} beside={props.beside}>
      <input type="hidden" name="email" autocomplete="username" value={props.account.email} />
      <Field form={form} name="password" label={words.password} hint={words.passwordOf(props.account.email)} type="password" autocomplete="current-password" />
    </FormBox>
  );
}

function ByLetter(props: ProveProps & { account: AccountView }): JSX.Element {
  const form = createForm();
  const [isSent, setSent] = createSignal(false);
  const ask = () => entryApi.askLink(props.account.email, {});
  return (
    <Switch>
      <Match when={isSent()}>
        <p>{words.sent(props.account.email)}</p>
        <LetterCode submit={words.submit} onProve={(code) => entryApi.proveLink({ code })} onDone={props.onDone} onResend={ask} beside={props.beside} />
      </Match>
      <Match when={!isSent()}>
        <p>{words.noPassword(props.account.email)}</p>
        <FormBox form={form} submit={words.send} onSubmit={() => void form.send([], ask, () => setSent(true))} beside={props.beside}>{null}</FormBox>
      </Match>
    </Switch>
  );
}
