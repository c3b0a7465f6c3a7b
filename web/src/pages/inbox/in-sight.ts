/** Keeps the newest of a box that scrolls in sight, unless somebody reads further up. */
import { createSignal, onCleanup, onMount, type Accessor } from "solid-js";

/** As near to the end as counts for reading the newest. */
const NEAR_PX = 60;

export type Sight = {
  readonly setBox: (box: HTMLElement) => void;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
  /** Whether something came that is not in sight. */
  readonly isBelow: Accessor<boolean>;
  /** After the contents changed. `hasNew`: by something at the end; `isOwn`: written by whoever looks. */
  readonly changed: (hasNew: boolean, isOwn: boolean) => void;
  /** Lets something be put above without moving what is being read. */
  readonly above: (act: () => Promise<void>) => Promise<void>;
};

/** Lives as long as its owner. */
export function createSight(): Sight {
  let box: HTMLElement | undefined;
  let wasAtEnd = true;
  const [isBelow, setBelow] = createSignal(false);
  const toEnd = () => box?.scrollTo({ top: box.scrollHeight });
  // What stands below the box is loaded later, and grows while it is written in.
  const resized = new ResizeObserver(() => wasAtEnd && toEnd());
  onMount(() => {
    toEnd();
    if (box !== undefined) resized.observe(box);
  });
  onCleanup(() => resized.disconnect());
  const onScroll = () => {
    wasAtEnd = box === undefined || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    if (wasAtEnd) setBelow(false);
  };
  const changed = (hasNew: boolean, isOwn: boolean) => {
    if (wasAtEnd || (hasNew && isOwn)) toEnd();
    else if (hasNew) setBelow(true);
  };
  const above = async (act: () => Promise<void>) => {
    const height = box?.scrollHeight ?? 0;
    await act();
    if (box !== undefined) box.scrollTop += box.scrollHeight - height;
    // What was pressed may be gone: reading goes on where it was.
    if (document.activeElement === document.body) box?.focus({ preventScroll: true });
  };
  return { setBox: (made) => (box = made), onScroll, toEnd, isBelow, changed, above };
}
