/** What stands around the pages of one's own account: the way between them. */
import { A } from "@solidjs/router";
import { Show, type JSX } from "solid-js";
import { Heading } from "../../ui/card";
import { accountWords as words } from "./words";

/** A page of the account under its title. */
export function AccountFrame(props: { title: string; about?: string; children: JSX.Element }): JSX.Element {
  return (
    <>
      <nav class="tabs" aria-label={words.nav}>
        <A href="/" end>{words.shops}</A>
        <A href="/account" end>{words.account}</A>
        <A href="/account/security">{words.security}</A>
        <A href="/account/sessions">{words.sessions}</A>
      </nav>
      <Heading title={props.title} />
      <Show when={props.about}><p class="small">{props.about}</p></Show>
      <div class="stack">{props.children}</div>
    </>
  );
}
