/** A password to choose: as long as one likes, shown or hidden, with its strength in words. */
import { createSignal, type JSX } from "solid-js";
import { passwordWords as words } from "../sign-in-words";
import { Labelled, type Form } from "./form";
import { strengthOf } from "./password";

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
