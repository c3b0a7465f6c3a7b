/** Changing the address, and typing the code of a letter to it. */
import { createSignal, Show, type JSX } from "solid-js";
import type { Answer } from "../../ask";
import { accountApi } from "../../auth-api";
import { formWords } from "../../words";
import { Dialog } from "../../ui/dialog";
import { problemsOfEmail } from "../../ui/email";
import { createForm, Field, FormBox } from "../../ui/form";
import { LetterCode } from "../../ui/letter-code";
import { accountWords as words } from "./words";

type CodeDialogProps = {
  title: string;
  email: string;
  onProve: (code: string) => Promise<Answer<object>>;
  onResend: () => Promise<Answer<object>>;
  onClose: () => void;
  onDone: () => void;
};

/** For the code of a letter that was sent. */
export function CodeDialog(props: CodeDialogProps): JSX.Element {
  return <Dialog title={props.title} onClose={props.onClose}><CodeForm {...props} /></Dialog>;
}

function CodeForm(props: Omit<CodeDialogProps, "title">): JSX.Element {
  return (
    <>
      <p>{words.sent(props.email)}</p>
      <LetterCode
        submit={words.confirm} onProve={(code) => props.onProve(code)} onDone={() => props.onDone()} onResend={() => props.onResend()}
        beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}
      />
    </>
  );
}

/** The new address first, then the code of its letter. */
export function ChangeEmailDialog(props: { email: string; onClose: () => void; onDone: () => void }): JSX.Element {
  const form = createForm();
  const [sentTo, setSentTo] = createSignal("");
  const send = (typed: string) => form.send(problemsOfEmail(typed), () => accountApi.askEmail(typed.trim()), () => setSentTo(typed.trim()));
  return (
    <Dialog title={words.emailTitle} onClose={props.onClose}>
      <Show when={sentTo() === ""} fallback={
        <CodeForm email={sentTo()} onProve={(code) => accountApi.proveEmail({ code })} onResend={() => accountApi.askEmail(sentTo())} onClose={props.onClose} onDone={props.onDone} />
      }>
        <p>{words.newEmailAbout(props.email)}</p>
        <FormBox
          form={form} submit={words.sendLetter} onSubmit={(value) => void send(value("email"))}
          beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}
        >
          <Field form={form} name="email" label={words.newEmail} type="email" autocomplete="email" />
        </FormBox>
      </Show>
    </Dialog>
  );
}
