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
  const problem = (field: FormProblem["field"]) => problems().find((one) => one.field === field)?.text;
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
        <div class="field">
          <label for="email">Email</label>
          <Show when={problem("email")}>{(text) => <p class="wrong" id="email-wrong">{text()}</p>}</Show>
          <input ref={(made) => (email = made)} id="email" name="email" type="email" autocomplete="username" aria-invalid={problem("email") ? "true" : undefined} aria-describedby={problem("email") ? "email-wrong" : undefined} />
        </div>
        <div class="field">
          <label for="password">Password</label>
          <Show when={problem("password")}>{(text) => <p class="wrong" id="password-wrong">{text()}</p>}</Show>
          <input ref={(made) => (password = made)} id="password" name="password" type="password" autocomplete="current-password" aria-invalid={problem("password") ? "true" : undefined} aria-describedby={problem("password") ? "password-wrong" : undefined} />
        </div>
        <button type="submit" class="button primary full" aria-disabled={isBusy() ? "true" : undefined}>{isBusy() ? "Signing in…" : "Sign in"}</button>
      </form>
    </div>
  );
}
