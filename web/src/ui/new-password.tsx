/** A password to choose: as long as one likes, shown or hidden, with its strength in words. */
import { createSignal, type JSX } from "solid-js";
import { passwordWords as words } from "../words";
import { Labelled, type Form, type FormProblem } from "./form";

/** `sign-in/contract.SHORTEST_PASSWORD`, without the schemas that stand beside it; a test holds the two together. */
export const SHORTEST = 12;

/** As the server counts: code points, so that nothing counts twice. */
const lengthOf = (password: string) => Array.from(password.normalize("NFC")).length;

/** How strong a password is, by its length alone: that is what guessing it costs. */
export function strengthOf(password: string): string {
  const length = lengthOf(password);
  if (length === 0) return "";
  if (length < SHORTEST) return words.missing(SHORTEST - length);
  return length < 16 ? words.good : length < 24 ? words.strong : words.veryStrong;
}

/** What is missing of a new password in the field `password`. */
export function problemsOfPassword(password: string): FormProblem[] {
  return lengthOf(password) < SHORTEST ? [{ field: "password", text: words.tooShort }] : [];
}

/** The field `password`, and the button that shows it. */
export function NewPassword(props: { form: Form; label: string; hint: JSX.Element }): JSX.Element {
  const [isShown, setShown] = createSignal(false);
  const [strength, setStrength] = createSignal("");
  return (
    <>
      <Labelled form={props.form} name="password" label={props.label} hint={props.hint}>
        {(ids) => (
          <div class="with-button">
            <input
              id={ids.id} name="password" type={isShown() ? "text" : "password"} autocomplete="new-password" spellcheck={false} autocapitalize="none"
              aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} onInput={(event) => setStrength(strengthOf(event.currentTarget.value))}
            />
            <button type="button" class="button" aria-pressed={isShown()} onClick={() => setShown(!isShown())}>{isShown() ? words.hide : words.show}</button>
          </div>
        )}
      </Labelled>
      <p class="small strength" role="status">{strength()}</p>
    </>
  );
}
