/** Whether somebody is there: what a page asks by itself must not keep a session alive that nobody uses. */

const THERE_MS = 120_000;

let lastInputAt = Date.now();

for (const event of ["pointerdown", "keydown"]) {
  window.addEventListener(event, () => {
    lastInputAt = Date.now();
  }, { capture: true, passive: true });
}

/** What a request says of itself when nobody has pressed anything for two minutes: it may only ever make a session shorter. */
export function markOfIdleness(): Readonly<Record<string, string>> {
  return Date.now() - lastInputAt > THERE_MS ? { "x-daybook-poll": "1" } : {};
}
