/** Where a letter's link lands. It says what will happen, and nothing happens until a person presses the button. */
import { useNavigate } from "@solidjs/router";
import { Show, type JSX } from "solid-js";
import { accountApi, entryApi } from "../../auth-api";
import { goOn, takeEntry } from "../../onward";
import { Card } from "../../ui/card";
import { createForm, FormBox, type Form } from "../../ui/form";
import { announce } from "../../ui/toast";
import { letterLink, type LetterLink } from "./letters";
import { linkPageWords as words, purposeWords } from "./words";

/** auth. /link#purpose.token */
export default function LinkPage(): JSX.Element {
  const letter = letterLink(location.hash);
  return (
    <Show when={letter} fallback={
      <Card title={words.broken} about={words.brokenNext}><p class="buttons"><a class="button primary" href="/sign-in">{words.signIn}</a></p></Card>
    }>
      {(found) => <Letter letter={found()} />}
    </Show>
  );
}

function Letter(props: { letter: LetterLink }): JSX.Element {
  const form = createForm();
  const told = () => purposeWords[props.letter.purpose];
  const press = useLetter(form, props.letter);
  return (
    <Card title={told().title} about={told().about}>
      <FormBox form={form} submit={told().press} onSubmit={() => void press()}>{null}</FormBox>
      <Show when={form.trouble()}>
        {(trouble) => (
          <Show when={trouble().kind === "not_signed_in"} fallback={<p class="small">{words.elsewhere}</p>}>
            <p class="buttons"><a class="button" href="/sign-in" target="_blank" rel="noopener">{words.signInFirst}</a></p>
          </Show>
        )}
      </Show>
      <ul class="ways small"><li><a href={told().again}>{told().again === "/account" ? "Your account" : "Ask for another letter"}</a></li></ul>
    </Card>
  );
}

/** What the button does for each letter, and where it leads. */
function useLetter(form: Form, { purpose, token }: LetterLink): () => Promise<boolean> {
  const navigate = useNavigate();
  const toAccount = (said: string) => () => {
    announce(said);
    navigate("/account", { replace: true });
  };
  switch (purpose) {
    case "sign_in":
      return () => form.send([], () => entryApi.proveLink({ token, enter: takeEntry() }), ({ next }) => goOn(next));
    case "sign_up":
      return () => form.send([], () => entryApi.proveSignUp({ token }), ({ email }) => navigate("/sign-up", { replace: true, state: { provedEmail: email } }));
    case "verify":
      return () => form.send([], () => accountApi.proveVerify({ token }), toAccount(words.verified));
    case "change_address":
      return () => form.send([], () => accountApi.proveEmail({ token }), toAccount(words.changed));
    case "reset_password":
      return () => form.send([], () => entryApi.proveReset({ token }), () => navigate("/reset", { replace: true, state: { isProved: true } }));
  }
}
