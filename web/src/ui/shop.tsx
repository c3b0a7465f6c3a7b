/** The shop that the app is showing, who is looking at it, and what waits for them. */
import { createContext, createMemo, useContext, type Accessor, type JSX } from "solid-js";
import type { DaysView } from "../../../src/features/days/contract";
import type { UnreadView } from "../../../src/features/messages/contract";
import type { ShopView } from "../../../src/features/shops/contract";
import { rolesThatMay, type Permission } from "../../../src/kernel/roles";
import { shopApi } from "../api";
import { rolesInWords } from "../words";
import { dateIn } from "./dates";
import { createLive, type Live } from "./live";

export type Shop = {
  readonly view: Accessor<ShopView>;
  /** Asks anew what the shop is and what one may do in it; resolves when it is shown. */
  readonly reload: () => Promise<void>;
  /** Today's days with all that needs work; empty for a role that may not read days. */
  readonly overview: Live<DaysView>;
  /** How many conversations hold something unread; empty for a role that may not read them. */
  readonly inbox: Live<UnreadView>;
  readonly may: (permission: Permission) => boolean;
  /** "an owner or an admin": whom to ask. */
  readonly whoMay: (permission: Permission) => string;
};

const ShopContext = createContext<Shop>();

/** The shop around this component; outside of one it is a bug. */
export function useShop(): Shop {
  const shop = useContext(ShopContext);
  if (shop === undefined) throw new Error("no shop around this component");
  return shop;
}

/** Provides the shop to everything below. */
export function ShopProvider(props: { view: ShopView; onReload: () => Promise<void>; children: JSX.Element }): JSX.Element {
  const permissions = createMemo(() => new Set<Permission>(props.view.permissions));
  const may = (permission: Permission) => permissions().has(permission);
  const today = dateIn(props.view.zone, Date.now());
  const overview = createLive({
    key: () => (may("days.read") ? `days ${today} ${today}` : null),
    ask: () => shopApi.days(today, today),
  });
  // Somebody outside may write at any time, whichever page is open.
  const inbox = createLive({ key: () => (may("messages.read") ? "unread" : null), ask: shopApi.unread, lookAgainWhile: () => true });
  const shop: Shop = { view: () => props.view, reload: () => props.onReload(), overview, inbox, may, whoMay: (permission) => rolesInWords(rolesThatMay(permission)) };
  return <ShopContext.Provider value={shop}>{props.children}</ShopContext.Provider>;
}
