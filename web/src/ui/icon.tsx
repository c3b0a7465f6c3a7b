/** Line icons from one sprite, always beside a word: none carries a meaning alone. */
import type { JSX } from "solid-js";
import sprite from "./icons.svg?url";

export type IconName =
  | "days" | "payouts" | "reports" | "mapping" | "connections" | "documents" | "files" | "inbox" | "contacts" | "lists" | "lock" | "team" | "audit" | "settings" | "certificates" | "set-up" | "search" | "left" | "right" | "down" | "print" | "out";

/** A 20 px icon in the colour of the text around it. */
export function Icon(props: { name: IconName }): JSX.Element {
  return <svg class="icon" aria-hidden="true" width="20" height="20"><use href={`${sprite}#${props.name}`} /></svg>;
}
