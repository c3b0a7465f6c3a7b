/** Choosing another password by letter: address, code, password. It signs nobody in. */
import { useLocation } from "@solidjs/router";
import { createSignal, Match, Switch, type JSX } from "solid-js";
import { entryApi } from "../../auth-api";
import { Card } from "../../ui/card";
import { problemsOfEmail } from "../../ui/email";
import { createForm, Field, FormBox, type Values } from "../../ui/form";
import { LetterCode } from "../../ui/letter-code";
import { NewPassword } from "../../ui/new-password";
import { problemsOfPassword } from "../../ui/password";
import { passwordWords } from "../../sign-in-words";
import { resetWords as words } from "./words";

type Step = "email" | "code" | "password" | "done";

/** auth. /reset; the letter's link comes back to it when it was pressed. */
export default function ResetPage(): JSX.Element {
  const at = useLocation<{ isProved?: boolean }>();
  const [step, setStep] = createSignal<Step>(at.state?.isProved === true ? "password" : "email");
  const [email, setEmail] = createSignal("");
  const sent = (to: string) => {
    setEmail(to);
    setStep("code");
  };
  return (
    <Switch>
      <Match when={step() === "email"}><EmailStep onSent={sent} /></Match>
      <Match when={step() === "code"}>
        <Card title={words.sentTitle} about={words.sent(email())}>
          <LetterCode submit={words.prove} onProve={(code) => entryApi.proveReset({ code })} onDone={() => setStep("password")} onResend={() => entryApi.askReset(email())} />
        </Card>
      </Match>
      <Match when={step() === "password"}><PasswordStep onDone={() => setStep("done")} /></Match>
      <Match when={step() === "done"}>
        <Card title={words.doneTitle} about={words.done}><p class="buttons"><a class="button primary" href="/sign-in">{words.signIn}</a></p></Card>
      </Match>
    </Switch>
  );
}

function EmailStep(props: { onSent: (email: string) => void }): JSX.Element {
  const form = createForm();
  const send = (typed: string) => form.send(problemsOfEmail(typed), () => entryApi.askReset(typed.trim()), () => props.onSent(typed.trim()));
  return (
    <Card title={words.title} about={words.about}>
      <FormBox form={form} submit={words.submit} onSubmit={(value) => void send(value("email"))}>
        <Field form={form} name="email" label={words.email} type="email" autocomplete="username" />
      </FormBox>
      <ul class="ways small"><li><a href="/sign-in">{words.signIn}</a></li></ul>
    </Card>
  );
}

function PasswordStep(props: { onDone: () => void }): JSX.Element {
  const form = createForm();
  const save = (value: Values) => form.send(problemsOfPassword(value("password")), () => entryApi.finishReset(value("password"), value("endOthers") === "on"), props.onDone);
  return (
    <Card title={words.newTitle} about={words.newAbout}>
      <FormBox form={form} submit={words.save} onSubmit={(value) => void save(value)}>
        <NewPassword form={form} label={words.password} hint={passwordWords.hint} />
        <label class="tick"><input type="checkbox" name="endOthers" checked /> {words.endOthers}</label>
      </FormBox>
    </Card>
  );
}
