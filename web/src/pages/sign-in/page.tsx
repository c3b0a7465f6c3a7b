/** Email and password. What is wrong is said once at the top, takes the focus, and leads to its field. */
import { useLocation } from "@solidjs/router";
import { createSignal, For, onMount, Show, type JSX } from "solid-js";
import { authApi, type Trouble } from "../../api";
import { enterOf, problemsOf, type FormProblem } from "./form";

/** auth. /sign-in */
export default function SignInPage(): JSX.Element {
  const at = useLocation();
  let email: HTMLInputElement | undefined;
  let password: HTMLInputElement | undefined;
  let summary: HTMLDivElement | undefined;
  const [problems, setProblems] = createSignal<readonly FormProblem[]>([]);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [isBusy, setBusy] = createSignal(false);
  onMount(() => {
    document.title = "Sign in · Daybook";
    email?.focus();
  });
  const show = (found: readonly FormProblem[], failure?: Trouble) => {
    setProblems(found);
    setTrouble(failure);
    if (found.length > 0 || failure !== undefined) summary?.focus();
  };
  const signIn = async () => {
    // Read from the fields, not from what was typed: a password manager may fill them without an event.
    const request = { email: email?.value ?? "", password: password?.value ?? "" };
    const found = problemsOf(request);
    show(found);
    if (isBusy() || found.length > 0) return;
    setBusy(true);
    const enter = enterOf(at.query);
    const answer = await authApi.signIn(enter === undefined ? request : { ...request, enter });
    if (answer.ok) return location.assign(answer.value.next);
    setBusy(false);
    show([], answer.failure);
    return undefined;
  };
  return (
    <div class="card narrow">
      <h1>Sign in</h1>
      <div ref={(made) => (summary = made)} tabindex="-1" role="alert" class="summary">
        <Show when={problems().length > 0}>
          <h2>There is something to mend</h2>
          <ul><For each={problems()}>{(one) => <li><a href={`#${one.field}`} rel="external">{one.text}</a></li>}</For></ul>
        </Show>
        <Show when={trouble()}>{(trouble) => <><h2>{trouble().title}</h2><p>{trouble().next}</p></>}</Show>
      </div>
      <form noValidate onSubmit={(event) => { event.preventDefault(); void signIn(); }}>
        <Field name="email" label="Email" autocomplete="username" problems={problems()} onMade={(made) => (email = made)} />
        <Field name="password" label="Password" autocomplete="current-password" problems={problems()} onMade={(made) => (password = made)} />
        <button type="submit" class="button primary full" aria-disabled={isBusy() ? "true" : undefined}>{isBusy() ? "Signing in…" : "Sign in"}</button>
      </form>
    </div>
  );
}

type FieldProps = { name: FormProblem["field"]; label: string; autocomplete: string; problems: readonly FormProblem[]; onMade: (input: HTMLInputElement) => void };

/** The message stands between the label and the box, in the words of the summary. */
function Field(props: FieldProps): JSX.Element {
  const problem = () => props.problems.find((one) => one.field === props.name)?.text;
  const wrong = () => (problem() === undefined ? undefined : `${props.name}-wrong`);
  return (
    <div class="field">
      <label for={props.name}>{props.label}</label>
      <Show when={problem()}>{(text) => <p class="wrong" id={wrong()}>{text()}</p>}</Show>
      <input
        ref={(made) => props.onMade(made)} id={props.name} name={props.name} type={props.name} autocomplete={props.autocomplete}
        aria-invalid={wrong() === undefined ? undefined : "true"} aria-describedby={wrong()}
      />
    </div>
  );
}
