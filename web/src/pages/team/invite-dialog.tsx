/** Invites somebody: their address, and the role with what it may do. */
import { createSignal, For, type JSX } from "solid-js";
import type { GivenRole } from "../../../../src/features/team/contract";
import { teamApi } from "../../team-api";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox } from "../../ui/form";
import { givenRoles, mayInWords, roleMeanings, roleNames } from "../../ui/permission-words";
import { announce } from "../../ui/toast";
import { formWords } from "../../words";
import { inviteWords as words } from "./words";

/** Starts with the role that can do least. */
export function InviteDialog(props: { onSent: () => void; onClose: () => void }): JSX.Element {
  const form = createForm();
  const [role, setRole] = createSignal<GivenRole>("viewer");
  const send = (typed: string) => {
    const email = typed.trim();
    return form.send(email === "" ? [{ field: "email", text: words.emailMissing }] : [], () => teamApi.invite(email, role()), () => {
      announce(words.sent(email));
      props.onSent();
      props.onClose();
    });
  };
  return (
    <Dialog title={words.title} onClose={() => props.onClose()}>
      <FormBox form={form} submit={words.send} busy={words.sending} onSubmit={(value) => void send(value("email"))} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Field form={form} name="email" label={words.email} hint={words.emailHint} type="email" inputmode="email" autocomplete="off" />
        <fieldset class="modes">
          <legend>{words.role}</legend>
          <For each={givenRoles}>
            {(each) => (
              <label class="mode">
                <input type="radio" name="role" value={each} checked={role() === each} onChange={() => setRole(each)} />
                <span><b>{roleNames[each]}</b><small>{roleMeanings[each]}</small></span>
              </label>
            )}
          </For>
        </fieldset>
        <div class="may" role="status"><p class="small">{words.may}</p><ul class="small"><For each={mayInWords(role())}>{(line) => <li>{line}</li>}</For></ul></div>
      </FormBox>
    </Dialog>
  );
}
