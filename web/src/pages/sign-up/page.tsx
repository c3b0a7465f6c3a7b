/** Signing up: address, code, name, shop. Somebody who is invited has a shop already and skips the last step. */
import { useLocation } from "@solidjs/router";
import { createSignal, Match, Switch, type JSX } from "solid-js";
import type { SignUpRequest } from "../../../../src/features/sign-in/contract";
import { entryApi } from "../../auth-api";
import { goOn, keptInvitation } from "../../onward";
import { Card } from "../../ui/card";
import { createLive } from "../../ui/live";
import { problemsOfEmail } from "../../ui/email";
import { createForm, Field, FormBox, type FormProblem, type Values } from "../../ui/form";
import { LetterCode } from "../../ui/letter-code";
import { NewPassword } from "../../ui/new-password";
import { problemsOfPassword } from "../../ui/password";
import { problemsOfShop, ShopFields, shopOf } from "../../ui/shop-fields";
import { signUpWords as words } from "./words";

type Person = Pick<SignUpRequest, "name" | "password">;
type Step =
  | { readonly at: "email" }
  | { readonly at: "code"; readonly email: string }
  | { readonly at: "you"; readonly email: string }
  | { readonly at: "shop"; readonly person: Person; readonly email: string };

/** auth. /sign-up; a letter's link comes back to it with the address that it proved. */
export default function SignUpPage(): JSX.Element {
  const at = useLocation<{ provedEmail?: string }>();
  const proved = at.state?.provedEmail;
  const [step, setStep] = createSignal<Step>(proved === undefined ? { at: "email" } : { at: "you", email: proved });
  const is = <T extends Step["at"]>(name: T) => {
    const now = step();
    return now.at === name ? (now as Extract<Step, { at: T }>) : undefined;
  };
  return (
    <Switch>
      <Match when={is("email")}><EmailStep onSent={(email) => setStep({ at: "code", email })} /></Match>
      <Match when={is("code")}>{(now) => <CodeStep email={now().email} onProved={(email) => setStep({ at: "you", email })} onBack={() => setStep({ at: "email" })} />}</Match>
      <Match when={is("you")}>{(now) => <YouStep email={now().email} onDone={(person) => setStep({ at: "shop", person, email: now().email })} />}</Match>
      <Match when={is("shop")}>{(now) => <ShopStep person={now().person} onBack={() => setStep({ at: "you", email: now().email })} />}</Match>
    </Switch>
  );
}

function EmailStep(props: { onSent: (email: string) => void }): JSX.Element {
  const form = createForm();
  const looked = createLive({ key: keptInvitation, ask: () => entryApi.lookInvitation(keptInvitation() ?? "") });
  const invitation = () => {
    const found = looked.value();
    return found?.state === "open" ? found : undefined;
  };
  const send = (typed: string) => form.send(problemsOfEmail(typed), () => entryApi.askSignUp(typed.trim()), () => props.onSent(typed.trim()));
  return (
    <Card title={words.emailTitle} about={invitation() === undefined ? words.emailAbout : words.invitedAbout(invitation()?.to ?? "")}>
      <FormBox form={form} submit={words.emailSubmit} onSubmit={(value) => void send(value("email"))}>
        <Field form={form} name="email" label={words.email} type="email" autocomplete="username" value={invitation()?.email} />
      </FormBox>
      <ul class="ways small"><li><a href="/sign-in">{words.signIn}</a></li></ul>
    </Card>
  );
}

function CodeStep(props: { email: string; onProved: (email: string) => void; onBack: () => void }): JSX.Element {
  return (
    <Card title={words.sentTitle} about={words.sent(props.email)}>
      <LetterCode
        submit={words.prove} onProve={(code) => entryApi.proveSignUp({ code })} onDone={({ email }) => props.onProved(email)}
        onResend={() => entryApi.askSignUp(props.email)}
      />
      <ul class="ways small"><li><button type="button" class="plain" onClick={() => props.onBack()}>{words.other}</button></li></ul>
    </Card>
  );
}

function YouStep(props: { email: string; onDone: (person: Person) => void }): JSX.Element {
  const form = createForm();
  const isInvited = keptInvitation() !== null;
  const go = (value: Values) => {
    const person = { name: value("name").trim(), password: value("password") === "" ? null : value("password") };
    const found: FormProblem[] = person.name === "" ? [{ field: "name", text: words.nameMissing }] : [];
    found.push(...(person.password === null ? [] : problemsOfPassword(person.password)));
    const finish = () => (isInvited ? entryApi.finishSignUp({ ...person, shop: null }) : Promise.resolve({ ok: true as const, value: null }));
    return form.send(found, finish, (done) => (done === null ? props.onDone(person) : goOn(done.next)));
  };
  return (
    <Card title={words.youTitle} about={words.youAbout(props.email)}>
      <FormBox form={form} submit={isInvited ? words.finish : words.next} onSubmit={(value) => void go(value)}>
        <Field form={form} name="name" label={words.name} autocomplete="name" />
        {/* Password managers file the new password under this address. */}
        <input type="hidden" name="email" autocomplete="username" value={props.email} />
        <NewPassword form={form} label={words.password} hint={words.passwordHint} />
      </FormBox>
    </Card>
  );
}

function ShopStep(props: { person: Person; onBack: () => void }): JSX.Element {
  const form = createForm();
  const finish = (value: Values) => {
    const shop = shopOf(value);
    return form.send(problemsOfShop(shop), () => entryApi.finishSignUp({ ...props.person, shop }), ({ next }) => goOn(next));
  };
  return (
    <Card title={words.shopTitle} about={words.shopAbout}>
      <FormBox
        form={form} submit={words.shopFinish} onSubmit={(value) => void finish(value)}
        beside={<button type="button" class="button" onClick={() => props.onBack()}>{words.back}</button>}
      >
        <ShopFields form={form} />
      </FormBox>
    </Card>
  );
}
