/** What a person chose for this browser: the theme, and whether single keys act. Kept in local storage, nowhere else. */
import { createSignal } from "solid-js";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const [theme, setThemeSignal] = createSignal<Theme>(readTheme());
const [singleKeys, setSingleKeysSignal] = createSignal(read("single-keys") !== "off");

export { theme, singleKeys };

/** Sets the theme at once and for the next visit; `system` follows the device. */
export function setTheme(next: Theme): void {
  setThemeSignal(next);
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
  write("theme", next === "system" ? null : next);
}

/** Turns keys without a modifier ("?") on or off (WCAG 2.1.4). */
export function setSingleKeys(on: boolean): void {
  setSingleKeysSignal(on);
  write("single-keys", on ? null : "off");
}

/** Reads a choice; a browser that forbids storage simply remembers none. */
export function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a choice, or forgets it. */
export function write(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Storage is forbidden here: the choice holds until the page closes, which is all that can be done.
  }
}

function readTheme(): Theme {
  const kept = read("theme");
  return kept === "light" || kept === "dark" ? kept : "system";
}
