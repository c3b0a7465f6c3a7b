/** What was typed while somebody is taken away to show who they are. Secrets are kept nowhere. */
import { filledBy, type Filled } from "./filled";

const PLACE = "texting";

/** Keeps what is no secret, for this tab alone. */
export function keepFilled(filled: Filled): void {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ ...filled, credentials: "", keySid: "", secret: "" }));
  } catch {
    // Without storage it is typed again.
  }
}

/** What was kept, once; null where nothing was. */
export function takeKept(): Filled | null {
  try {
    const text = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    const kept: unknown = text === null ? null : JSON.parse(text);
    if (typeof kept !== "object" || kept === null) return null;
    const known = new Map<string, unknown>(Object.entries(kept));
    return filledBy((field) => {
      const value = known.get(field);
      return typeof value === "string" ? value : "";
    });
  } catch {
    return null;
  }
}

/** Forgets it, once it is saved. */
export function forgetFilled(): void {
  takeKept();
}
