/** "We sent a letter": the six digits typed or pasted, and another letter after a pause. */
import { createSignal, onCleanup, Show, type JSX } from "solid-js";
import type { Answer } from "../ask";
import { codeOf, problemsOfCode } from "./code";
import { createForm, Field, FormBox } from "./form";
import { letterWords as words } from "../sign-in-words";

/** Letters take a moment: asking again sooner would only kill the code that is on its way. */
const PAUSE_MS = 20_000;

type LetterCodeProps<T> = {
  submit: string;
  onProve: (code: string) => Promise<Answer<T>>;
  onDone: (value: T) => unknown;
  onResend: () => Promise<Answer<object>>;
  beside?: JSX.Element;
};

/** The form for the code of a letter that was just asked for. */
export function LetterCode<T>(props: LetterCodeProps<T>): JSX.Element {
  const form = createForm();
  const prove = (typed: string) => form.send(problemsOfCode(typed, words.codeMissing), () => props.onProve(codeOf(typed)), props.onDone);
  return (
    <>
      <FormBox form={form} submit={props.submit} beside={props.beside} onSubmit={(value) => void prove(value("code"))}>
        <Field form={form} name="code" label={words.code} hint={words.codeHint} autocomplete="one-time-code" inputmode="numeric" isCode />
      </FormBox>
      <Resend onResend={props.onResend} />
    </>
  );
}

function Resend(props: { onResend: () => Promise<Answer<object>> }): JSX.Element {
  const [isResting, setResting] = createSignal(true);
  const [said, setSaid] = createSignal("");
  let timer = setTimeout(() => setResting(false), PAUSE_MS);
  onCleanup(() => clearTimeout(timer));
  const resend = async () => {
    if (isResting()) return setSaid(words.wait);
    setResting(true);
    timer = setTimeout(() => setResting(false), PAUSE_MS);
    const answer = await props.onResend();
    return setSaid(answer.ok ? words.sentAgain : `${answer.failure.title} ${answer.failure.next}`);
  };
  return (
    <div class="resend small">
      <p>{words.nothingCame} <button type="button" class="plain" aria-disabled={isResting() ? "true" : undefined} onClick={() => void resend()}>{words.resend}</button></p>
      <p role="status"><Show when={said()}>{said()}</Show></p>
    </div>
  );
}
