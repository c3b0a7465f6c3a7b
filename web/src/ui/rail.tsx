/** The way around: a rail on wide screens, a bar at the bottom of small ones. */
import { A, useLocation } from "@solidjs/router";
import { createMemo, createSignal, createUniqueId, For, lazy, Show, Suspense, type JSX } from "solid-js";
import type { Permission } from "../../../src/kernel/roles";
import { roleWord, shellWords as words } from "../words";
import { Icon, type IconName } from "./icon";
import { useShop } from "./shop";
import { leaveShop } from "./sign-out";

const Switcher = lazy(() => import("./switcher"));

/** `permission`: only for those who hold it, and on the rail alone unless it is `isDaily`: the bar of a small screen has room for the daily ones. */
type Place = { readonly href: string; readonly word: string; readonly icon: IconName; readonly permission?: Permission; readonly isDaily?: true };

const PLACES: readonly Place[] = [
  { href: "/days", word: words.days, icon: "days" },
  { href: "/inbox", word: words.inbox, icon: "inbox", permission: "messages.read", isDaily: true },
  { href: "/contacts", word: words.contacts, icon: "contacts", permission: "messages.read" },
  { href: "/broadcasts", word: words.lists, icon: "lists", permission: "messages.read" },
  { href: "/reports", word: words.reports, icon: "reports", permission: "days.read" },
  { href: "/payouts", word: words.payouts, icon: "payouts", permission: "days.read" },
  { href: "/documents", word: words.documents, icon: "documents" },
  { href: "/certificates", word: words.certificates, icon: "certificates", permission: "documents.read" },
  { href: "/mapping", word: words.mapping, icon: "mapping" },
  { href: "/connections", word: words.connections, icon: "connections" },
  { href: "/team", word: words.team, icon: "team", permission: "team.read" },
  { href: "/audit", word: words.audit, icon: "audit", permission: "audit.read" },
  { href: "/settings", word: words.settings, icon: "settings" },
];
/** Only for a shop whose till is files. */
const FILES: Place = { href: "/files", word: words.files, icon: "files" };
const SET_UP: Place = { href: "/set-up", word: words.setUp, icon: "set-up" };

/** Set-up stands first for as long as nothing is posted by itself. */
function usePlaces(isRail: boolean) {
  const shop = useShop();
  return createMemo(() => {
    const overview = shop.overview.value();
    const isSettingUp = overview !== undefined && (overview.mode === "preview" || overview.locations.length === 0);
    const shown = PLACES.filter(({ permission, isDaily }) => permission === undefined || ((isRail || isDaily === true) && shop.may(permission)));
    const all = overview?.takesFiles === true ? shown.flatMap((place) => (place.href === "/days" ? [place, FILES] : [place])) : shown;
    return isSettingUp ? [SET_UP, ...all] : all;
  });
}

function PlaceLink(props: { place: Place }): JSX.Element {
  const shop = useShop();
  const at = useLocation();
  const isHere = () => at.pathname === props.place.href || at.pathname.startsWith(`${props.place.href}/`);
  const days = () => shop.overview.value()?.needsWork.length ?? 0;
  const unread = () => shop.inbox.value()?.unreadCount ?? 0;
  const waiting = () => (props.place.href === "/days" ? days() : props.place.href === "/inbox" ? unread() : 0);
  const said = () => (props.place.href === "/inbox" ? words.unread(waiting()) : words.waiting(waiting()));
  return (
    <A href={props.place.href} aria-current={isHere() ? "page" : undefined} activeClass="" inactiveClass="">
      <Icon name={props.place.icon} />
      <span>{props.place.word}</span>
      <Show when={waiting() > 0}>
        <b class="count"><span aria-hidden="true">{waiting()}</span><span class="unseen">{`, ${said()}`}</span></b>
      </Show>
    </A>
  );
}

/** The left rail, 1,024 px and above. */
export function Rail(props: { onFind: () => void; onKeys: () => void }): JSX.Element {
  const places = usePlaces(true);
  return (
    <header class="rail">
      <div class="brand">{words.brand}<i /></div>
      <ShopMenu />
      <button type="button" class="find" onClick={() => props.onFind()}>
        <Icon name="search" /><span>{words.find}</span><kbd>{isMac() ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <nav aria-label={words.nav}><For each={places()}>{(place) => <PlaceLink place={place} />}</For></nav>
      <button type="button" class="plain keys" onClick={() => props.onKeys()}>{words.keys} <kbd>?</kbd></button>
    </header>
  );
}

/** The bottom bar, below 1,024 px. */
export function Bar(): JSX.Element {
  const places = usePlaces(false);
  return <nav class="bar" aria-label={words.nav}><For each={places()}>{(place) => <PlaceLink place={place} />}</For></nav>;
}

function ShopMenu(): JSX.Element {
  const shop = useShop();
  const menu = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  return (
    <>
      <button type="button" class="shop" popovertarget={menu}>
        <span><b>{shop.view().name}</b><small>{shop.view().person.name}</small></span><Icon name="down" />
      </button>
      <div id={menu} popover="auto" class="menu" onToggle={(event) => setOpen(event.newState === "open")}>
        <p><b>{shop.view().person.name}</b><br />{shop.view().person.email}<br />{`You are ${roleWord(shop.view().role)} here.`}</p>
        <Suspense><Show when={isOpen()}><Switcher /></Show></Suspense>
        <a href={shop.view().authUrl} rel="external">{words.switchShop}</a>
        <a href={`${shop.view().authUrl}account/security`} rel="external">{words.account}</a>
        <button type="button" class="plain" onClick={() => void leaveShop(shop.view().authUrl)}>{words.signOut}</button>
      </div>
    </>
  );
}

function isMac(): boolean {
  return navigator.userAgent.includes("Mac");
}
