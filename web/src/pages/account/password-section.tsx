/** The password: whether there is one, and another one. */
import { createSignal, Show, type JSX } from "solid-js";
import type { AccountView } from "../../../../src/features/sign-in/contract";
import { accountApi } from "../../auth-api";
import { passwordWords } from "../../sign-in-words";
import { formWords } from "../../words";
import { Dialog } from "../../ui/dialog";
import { createForm, FormBox, type Values } from "../../ui/form";
import { NewPassword } from "../../ui/new-password";
import { problemsOfPassword } from "../../ui/password";
import { announce } from "../../ui/toast";
import { securityWords as words } from "./words";

/** A section of the security page. */
export function PasswordSection(props: { account: AccountView; onSaved: () => void }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const saved = () => {
    setOpen(false);
    announce(words.passwordSaved);
    props.onSaved();
  };
  return (
    <section class="card">
      <h2>{words.passwordTitle}</h2>
      <p class="small">{props.account.hasPassword ? words.hasPassword : words.noPassword}</p>
      <p class="buttons"><button type="button" class="button" onClick={() => setOpen(true)}>{props.account.hasPassword ? words.changePassword : words.setPassword}</button></p>
      <Show when={isOpen()}><PasswordDialog email={props.account.email} onClose={() => setOpen(false)} onSaved={saved} /></Show>
    </section>
  );
}

function PasswordDialog(props: { email: string; onClose: () => void; onSaved: () => void }): JSX.Element {
  const form = createForm();
  const save = (value: Values) => (
    form.send(problemsOfPassword(value("password")), () => accountApi.setPassword(value("password"), value("endOthers") === "on"), props.onSaved)
  );
  return (
    <Dialog title={words.passwordTitle} onClose={props.onClose}>
      <FormBox
        form={form} submit={words.savePassword} onSubmit={(value) => void save(value)}
        beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}
      >
        <input type="hidden" name="email" autocomplete="username" value={props.email} />
        <NewPassword form={form} label={words.newPassword} hint={passwordWords.hint} />
        <label class="tick"><input type="checkbox" name="endOthers" checked /> {words.endOthers}</label>
      </FormBox>
    </Dialog>
  );
}
