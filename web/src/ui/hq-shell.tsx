/** What stands around every page of an organisation: the rail or the bar, and the voice for success. */
import { A, useLocation } from "@solidjs/router";
import { createUniqueId, For, Suspense, type JSX } from "solid-js";
import { hqApi } from "../hq-api";
import { hqShellWords as words } from "../hq-words";
import { anyRoleWord, shellWords } from "../words";
import { useHq } from "./hq";
import { Icon, type IconName } from "./icon";
import { Bars, Waiting } from "./states";
import { Toasts } from "./toast";

const PLACES: readonly { readonly href: string; readonly word: string; readonly icon: IconName }[] = [
  { href: "/", word: words.days, icon: "days" },
  { href: "/compare", word: words.compare, icon: "mapping" },
  { href: "/shops", word: words.shops, icon: "connections" },
  { href: "/members", word: words.members, icon: "team" },
  { href: "/opt-outs", word: words.optOuts, icon: "lock" },
  { href: "/audit", word: shellWords.audit, icon: "audit" },
];

/** The frame; `children` is the page. */
export function HqShell(props: { children?: JSX.Element }): JSX.Element {
  return (
    <div class="app">
      <a class="skip" href="#page">{shellWords.skip}</a>
      <header class="rail">
        <div class="brand">{shellWords.brand}<i /></div>
        <Menu />
        <nav aria-label={shellWords.nav}><Places /></nav>
      </header>
      <main id="page" tabindex="-1">
        <Suspense fallback={<Waiting><Bars count={1} /><Bars count={6} tall /></Waiting>}>{props.children}</Suspense>
      </main>
      <nav class="bar" aria-label={shellWords.nav}><Places /></nav>
      <Toasts />
    </div>
  );
}

function Places(): JSX.Element {
  const at = useLocation();
  // A date of one shop is looked at from the grid.
  const isHere = (href: string) => (href === "/" ? at.pathname === "/" || /^\/shops\/./.test(at.pathname) : at.pathname === href);
  return (
    <For each={PLACES}>
      {({ href, word, icon }) => <A href={href} aria-current={isHere(href) ? "page" : undefined} activeClass="" inactiveClass=""><Icon name={icon} /><span>{word}</span></A>}
    </For>
  );
}

function Menu(): JSX.Element {
  const hq = useHq();
  const menu = createUniqueId();
  return (
    <>
      <button type="button" class="shop" popovertarget={menu}>
        <span><b>{hq.view().name}</b><small>{hq.view().person.name}</small></span><Icon name="down" />
      </button>
      <div id={menu} popover="auto" class="menu">
        <p><b>{hq.view().person.name}</b><br />{hq.view().person.email}<br />{words.you(anyRoleWord(hq.view().role))}</p>
        <a href={hq.view().authUrl} rel="external">{words.switchShop}</a>
        <a href={`${hq.view().authUrl}account/security`} rel="external">{shellWords.account}</a>
        <button type="button" class="plain" onClick={() => void leaveHq(hq.view().authUrl)}>{words.signOut}</button>
      </div>
    </>
  );
}

/** Ends the session and goes to where one signs in, even when the server could not be told. */
export async function leaveHq(authUrl: string): Promise<void> {
  await hqApi.signOut();
  location.assign(authUrl);
}
