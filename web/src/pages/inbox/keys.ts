/** Which keys walk the list of conversations. */

type Where = { readonly list: HTMLElement | undefined; readonly hasSingleKeys: boolean };

/** 1 down, −1 up, 0 where the key is not for the list: J and K wherever nothing is typed, the arrows from within the list. */
export function stepOf(event: KeyboardEvent, { list, hasSingleKeys }: Where): -1 | 0 | 1 {
  const target = event.target instanceof Element ? event.target : null;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isForTyping(target)) return 0;
  const isInside = target !== null && list?.contains(target) === true;
  if (event.key === "ArrowDown" && isInside) return 1;
  if (event.key === "ArrowUp" && isInside) return -1;
  if (!hasSingleKeys) return 0;
  return event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
}

function isForTyping(target: Element | null): boolean {
  return target !== null && target.closest("input, select, textarea, dialog, [contenteditable]") !== null;
}
