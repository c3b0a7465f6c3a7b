/** Text onto the clipboard. */

/** Whether it is there now: a browser may forbid it, and has no clipboard at all on an address without encryption. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
