/** Which lines are marked, to be given one account or one tag together: Shift with the arrows, or their boxes. */
import { createSignal, type Accessor } from "solid-js";

export type Selection = {
  readonly keys: Accessor<ReadonlySet<string>>;
  readonly toggle: (key: string) => void;
  /** From a line one step up or down, both marked. */
  readonly extend: (from: string, to: string) => void;
  readonly clear: () => void;
  /** The lines that a choice on one of them goes to: all that are marked if it is among them, otherwise it alone. */
  readonly with: (key: string) => readonly string[];
};

/** Nothing is marked at first. */
export function createSelection(): Selection {
  const [keys, setKeys] = createSignal<ReadonlySet<string>>(new Set());
  return {
    keys,
    toggle: (key) => setKeys((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key])),
    // Going back over what was marked takes the mark off again, as in any list.
    extend: (from, to) => setKeys((before) => (before.has(from) && before.has(to) ? new Set([...before].filter((one) => one !== from)) : new Set([...before, from, to]))),
    clear: () => setKeys(new Set<string>()),
    with: (key) => (keys().has(key) ? [...keys()] : [key]),
  };
}
