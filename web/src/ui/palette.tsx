/** Ctrl/Cmd-K: go anywhere, find a day, do the common acts. A combobox over a list, in a dialog. */
import { useNavigate } from "@solidjs/router";
import { createEffect, createMemo, createSignal, For, on, Show, type JSX } from "solid-js";
import type { BusinessDate } from "../../../src/kernel/day";
import { setTheme } from "./choices";
import { dateIn } from "./dates";
import { Dialog } from "./dialog";
import { paletteItems, type PaletteAct, type PaletteItem } from "./palette-items";
import { useShop } from "./shop";
import { leaveShop } from "./sign-out";

/** The palette; closes itself before it acts. */
export default function Palette(props: { onClose: () => void; onKeys: () => void }): JSX.Element {
  const shop = useShop();
  const navigate = useNavigate();
  const [typed, setTyped] = createSignal("");
  const [at, setAt] = createSignal(0);
  const today = dateIn(shop.view().zone, Date.now()) as BusinessDate;
  const items = createMemo(() => paletteItems(typed(), today, shop.overview.value()));
  createEffect(on(typed, () => setAt(0)));

  const act = (name: PaletteAct) => {
    if (name === "keys") props.onKeys();
    else if (name === "sign-out") void leaveShop(shop.view().authUrl);
    else setTheme(name);
  };
  const choose = (item: PaletteItem | undefined) => {
    if (item === undefined) return;
    props.onClose();
    if (item.href !== undefined) navigate(item.href);
    if (item.act !== undefined) act(item.act);
  };
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (event.key === "Enter") choose(items()[at()]);
    else if (step !== undefined) setAt((now) => Math.max(0, Math.min(items().length - 1, now + step)));
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title="Find or do" class="palette" onClose={() => props.onClose()}>
      <input
        type="text" role="combobox" aria-label="Type a page, an act, or a day" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
        aria-activedescendant={items().length > 0 ? `palette-${at()}` : undefined} autocomplete="off" spellcheck={false} autofocus
        placeholder="A page, an act, or a day such as “mar 3”" onInput={(event) => setTyped(event.currentTarget.value)} onKeyDown={onKey}
      />
      <ul id="palette-list" role="listbox" aria-label="Answers">
        <For each={items()}>
          {(item, index) => (
            <li id={`palette-${index()}`} role="option" aria-selected={index() === at()} onClick={() => choose(item)} onPointerMove={() => setAt(index())}>
              <span>{item.text}</span><small>{item.about}</small>
            </li>
          )}
        </For>
      </ul>
      <Show when={items().length === 0}><p class="small" role="status">Nothing by that name. Try a day such as “mar 3”, or a page.</p></Show>
    </Dialog>
  );
}
