/** One's name and address. Another address counts from the moment that its letter's code is typed. */
import { createSignal, Show, type Accessor, type JSX } from "solid-js";
import type { AccountView } from "../../../../src/features/sign-in/contract";
import { accountApi } from "../../auth-api";
import { createForm, Field, FormBox } from "../../ui/form";
import { createLive } from "../../ui/live";
import { leadToSignIn } from "../../ui/signed-in";
import { Bars, Loaded, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import type { Trouble } from "../../ask";
import { ChangeEmailDialog, CodeDialog } from "./email-dialogs";
import { AccountFrame } from "./frame";
import { accountWords as words } from "./words";

/** auth. /account */
export default function AccountPage(): JSX.Element {
  const account = createLive({ key: () => "account", ask: accountApi.account });
  leadToSignIn(account);
  const reload = () => void account.reload();
  return (
    <AccountFrame title={words.account}>
      <Loaded live={account} skeleton={<Bars count={4} tall />}>
        {(view) => <><NameSection account={view} onSaved={reload} /><EmailSection account={view} onChanged={reload} /></>}
      </Loaded>
    </AccountFrame>
  );
}

type SectionProps = { account: Accessor<AccountView> };

function NameSection(props: SectionProps & { onSaved: () => void }): JSX.Element {
  const form = createForm();
  const save = (typed: string) => {
    const name = typed.trim();
    return form.send(name === "" ? [{ field: "name", text: words.nameMissing }] : [], () => accountApi.setName(name), () => {
      announce(words.nameSaved);
      props.onSaved();
    });
  };
  return (
    <section class="card">
      <h2>{words.nameTitle}</h2>
      <FormBox form={form} submit={words.save} takesFocus={false} onSubmit={(value) => void save(value("name"))}>
        <Field form={form} name="name" label={words.name} hint={words.nameHint} autocomplete="name" value={props.account().name} />
      </FormBox>
    </section>
  );
}

type Open = "change" | "verify" | "pending" | null;

function EmailSection(props: SectionProps & { onChanged: () => void }): JSX.Element {
  const [open, setOpen] = createSignal<Open>(null);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const done = (said: string) => {
    setOpen(null);
    announce(said);
    props.onChanged();
  };
  const verify = async () => {
    const asked = await accountApi.askVerify();
    setTrouble(asked.ok ? undefined : asked.failure);
    if (asked.ok) setOpen("verify");
  };
  const close = () => {
    setOpen(null);
    props.onChanged();
  };
  return (
    <section class="card">
      <h2>{words.emailTitle}</h2>
      <p class="long">{props.account().email} <span class="tag" data-tone={props.account().isVerified ? "ties" : "held"}>{props.account().isVerified ? `✓ ${words.verified}` : `○ ${words.unverified}`}</span></p>
      <Show when={props.account().pendingEmail}>
        {(pending) => <p class="small">{words.pending(pending())} <button type="button" class="plain" onClick={() => setOpen("pending")}>{words.pendingCode}</button></p>}
      </Show>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <p class="buttons">
        <button type="button" class="button" onClick={() => setOpen("change")}>{words.change}</button>
        <Show when={!props.account().isVerified}><button type="button" class="button" onClick={() => void verify()}>{words.verify}</button></Show>
      </p>
      <Show when={open() === "change"}><ChangeEmailDialog email={props.account().email} onClose={close} onDone={() => done(words.changed)} /></Show>
      <Show when={open() === "pending"}>
        <CodeDialog
          title={words.emailTitle} email={props.account().pendingEmail ?? ""} onProve={(code) => accountApi.proveEmail({ code })}
          onResend={() => accountApi.askEmail(props.account().pendingEmail ?? "")} onClose={close} onDone={() => done(words.changed)}
        />
      </Show>
      <Show when={open() === "verify"}>
        <CodeDialog
          title={words.verifyTitle} email={props.account().email} onProve={(code) => accountApi.proveVerify({ code })} onResend={accountApi.askVerify}
          onClose={close} onDone={() => done(words.isVerified)}
        />
      </Show>
    </section>
  );
}
