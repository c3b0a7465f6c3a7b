/** What stands around the pages of one's own account: the way between them. */
import { A } from "@solidjs/router";
import { createEffect, type JSX } from "solid-js";
import { shellWords } from "../../words";
import { accountWords as words } from "./words";

/** A page of the account under its title. */
export function AccountFrame(props: { title: string; about?: string; children: JSX.Element }): JSX.Element {
  createEffect(() => (document.title = `${props.title} · ${shellWords.brand}`));
  return (
    <>
      <nav class="tabs" aria-label={words.nav}>
        <A href="/" end>{words.shops}</A>
        <A href="/account" end>{words.account}</A>
        <A href="/account/security">{words.security}</A>
        <A href="/account/sessions">{words.sessions}</A>
      </nav>
      <h1>{props.title}</h1>
      <p class="small">{props.about ?? ""}</p>
      <div class="stack">{props.children}</div>
    </>
  );
}
