/**
 * One socket for each page, on which the server says that the session ended or that rights changed. Without it
 * everything holds all the same: the next request finds out.
 */

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 120_000;
/** Lines that nothing goes over are cut by what stands between: by then something has. */
const KEEP_ALIVE_MS = 50_000;

let isWatching = false;

/** Begins to watch, once for a page, after its first paint. `onChanged`: what to ask again when rights have changed. */
export function watchPage(onChanged: () => void): void {
  if (isWatching || !("WebSocket" in window)) return;
  isWatching = true;
  setTimeout(() => open(onChanged, FIRST_WAIT_MS), FIRST_WAIT_MS);
}

function open(onChanged: () => void, waitMs: number): void {
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/api/watch`);
  let nextWaitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  let timer: ReturnType<typeof setInterval> | undefined;
  socket.addEventListener("open", () => {
    nextWaitMs = FIRST_WAIT_MS;
    timer = setInterval(() => socket.send("ping"), KEEP_ALIVE_MS);
  });
  socket.addEventListener("message", ({ data }) => {
    // The page of nobody shows the way to the sign-in page.
    if (data === "ended") location.reload();
    if (data === "changed") onChanged();
  });
  socket.addEventListener("close", () => {
    clearInterval(timer);
    setTimeout(() => open(onChanged, nextWaitMs), nextWaitMs);
  });
}
