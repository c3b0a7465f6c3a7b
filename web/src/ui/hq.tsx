/** The organisation that the app is showing, and who is looking at it. */
import { createContext, createMemo, createUniqueId, Show, useContext, type Accessor, type JSX } from "solid-js";
import type { OrganisationView } from "../../../src/features/organisations/contract";
import { hqRolesThatMay, type HqPermission } from "../../../src/kernel/roles";
import { hqRolesInWords, hqShellWords as words } from "../hq-words";

export type Hq = {
  readonly view: Accessor<OrganisationView>;
  readonly may: (permission: HqPermission) => boolean;
  /** "an HQ Owner or an HQ Admin": whom to ask. */
  readonly whoMay: (permission: HqPermission) => string;
};

const HqContext = createContext<Hq>();

/** The organisation around this component; outside of one it is a bug. */
export function useHq(): Hq {
  const hq = useContext(HqContext);
  if (hq === undefined) throw new Error("no organisation around this component");
  return hq;
}

/** Provides the organisation to everything below. */
export function HqProvider(props: { view: OrganisationView; children: JSX.Element }): JSX.Element {
  const permissions = createMemo(() => new Set<HqPermission>(props.view.permissions));
  const hq: Hq = { view: () => props.view, may: (permission) => permissions().has(permission), whoMay: (permission) => hqRolesInWords(hqRolesThatMay(permission)) };
  return <HqContext.Provider value={hq}>{props.children}</HqContext.Provider>;
}

type ActProps = { permission: HqPermission; onPress: () => void; isPrimary?: boolean; isBusy?: boolean; children: JSX.Element };

/** A button that needs a permission: without it, it stays where it is, disabled, and says who may press it. */
export function HqAct(props: ActProps): JSX.Element {
  const hq = useHq();
  const note = createUniqueId();
  const may = () => hq.may(props.permission);
  const press = () => {
    if (may() && props.isBusy !== true) props.onPress();
  };
  return (
    <span class="act">
      <button
        type="button" class={props.isPrimary ? "button primary" : "button"} aria-disabled={!may() || props.isBusy ? "true" : undefined}
        aria-describedby={may() ? undefined : note} onClick={press}
      >
        {props.children}
      </button>
      <Show when={!may()}><small id={note}>{words.needs(hq.whoMay(props.permission))}</small></Show>
    </span>
  );
}
