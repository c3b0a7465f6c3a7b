/** Signing in by letter: the address, then the code; the letter's link leads to `/link`. */
import { useLocation } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import { enterOf, onwards } from "../../addresses";
import { entryApi } from "../../auth-api";
import { goOn, keepEntry } from "../../onward";
import { Card } from "../../ui/card";
import { problemsOfEmail } from "../../ui/email";
import { createForm, Field, FormBox } from "../../ui/form";
import { LetterCode } from "../../ui/letter-code";
import { linkWords as words, signInWords } from "./words";

/** auth. /sign-in/link */
export default function SignInByLetterPage(): JSX.Element {
  const at = useLocation();
  const form = createForm();
  const [email, setEmail] = createSignal("");
  const ask = (to: string) => entryApi.askLink(to, { enter: enterOf(at.query) });
  const send = (typed: string) => form.send(problemsOfEmail(typed), () => ask(typed.trim()), () => {
    keepEntry(enterOf(at.query));
    setEmail(typed.trim());
  });
  return (
    <Show when={email() !== ""} fallback={
      <Card title={words.title} about={words.about}>
        <FormBox form={form} submit={words.submit} onSubmit={(value) => void send(value("email"))}>
          <Field form={form} name="email" label={signInWords.email} type="email" autocomplete="username" />
        </FormBox>
        <ul class="ways small"><li><a href={`/sign-in${onwards(at.query)}`}>{words.password}</a></li></ul>
      </Card>
    }>
      <Card title={words.sentTitle} about={words.sent(email())}>
        <LetterCode
          submit={words.prove} onProve={(code) => entryApi.proveLink({ code, enter: enterOf(at.query) })} onDone={({ next }) => goOn(next)}
          onResend={() => ask(email())}
        />
        <ul class="ways small"><li><button type="button" class="plain" onClick={() => setEmail("")}>{words.other}</button></li></ul>
      </Card>
    </Show>
  );
}
