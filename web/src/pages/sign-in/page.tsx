/** A passkey first, where the email field offers one too; then email and password, a letter, and the way to sign up. */
import { useLocation } from "@solidjs/router";
import { createSignal, onCleanup, onMount, Show, type JSX } from "solid-js";
import { enterOf, onwards } from "../../addresses";
import type { Trouble } from "../../ask";
import { entryApi } from "../../auth-api";
import { goOn } from "../../onward";
import { forgetPasskey, knowsPasskeys, offersPasskeys, showPasskey } from "../../passkey";
import { Card } from "../../ui/card";
import { problemsOfEmail } from "../../ui/email";
import { createForm, Field, FormBox } from "../../ui/form";
import { signInWords as words } from "./words";

/** auth. /sign-in */
export default function SignInPage(): JSX.Element {
  const at = useLocation();
  const form = createForm();
  const signIn = (email: string, password: string) => {
    const found = problemsOfEmail(email);
    if (password === "") found.push({ field: "password", text: words.passwordMissing });
    return form.send(found, () => entryApi.signIn({ email: email.trim(), password, enter: enterOf(at.query) }), ({ next }) => goOn(next));
  };
  return (
    <Card title={words.title}>
      <PasskeyDoor />
      <FormBox form={form} submit={words.submit} busy={words.busy} onSubmit={(value) => void signIn(value("email"), value("password"))}>
        <Field form={form} name="email" label={words.email} type="email" autocomplete="username webauthn" />
        <Field form={form} name="password" label={words.password} type="password" autocomplete="current-password" />
      </FormBox>
      <ul class="ways small">
        <li><a href={`/sign-in/link${onwards(at.query)}`}>{words.link}</a></li>
        <li><a href="/reset">{words.forgot}</a></li>
        <li>{words.noAccount} <a href="/sign-up">{words.signUp}</a></li>
      </ul>
    </Card>
  );
}

function PasskeyDoor(): JSX.Element {
  const at = useLocation();
  const [trouble, setTrouble] = createSignal<Trouble>();
  const enterBy = async (isAutofill: boolean) => {
    const begun = await entryApi.beginPasskey();
    const shown = begun.ok ? await showPasskey(begun.value.options, isAutofill) : begun;
    const entered = shown.ok ? await entryApi.finishPasskey(shown.value, { enter: enterOf(at.query) }) : shown;
    if (entered.ok) goOn(entered.value.next);
    // Nobody asked for what the email field offers: that it ended without a choice is no news.
    else if (!isAutofill || shown.ok) setTrouble(entered.failure);
  };
  const waitAtField = async () => {
    if (await offersPasskeys()) await enterBy(true);
  };
  onMount(() => void waitAtField());
  onCleanup(() => {
    if (knowsPasskeys()) void forgetPasskey();
  });
  const press = () => {
    setTrouble(undefined);
    void enterBy(false);
  };
  return (
    <Show when={knowsPasskeys()}>
      <div class="summary" role="alert">
        <Show when={trouble()}>{(trouble) => <><h2>{trouble().title}</h2><p>{trouble().next}</p></>}</Show>
      </div>
      <button type="button" class="button full" onClick={press}>{words.passkey}</button>
      <p class="or small"><span>{words.or}</span></p>
    </Show>
  );
}
