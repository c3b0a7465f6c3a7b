/** How far off a document's last day is, in words and with a glyph. */
import { plainDate } from "../../ui/dates";
import type { Tone } from "../../words";
import { SOON_DAYS } from "./filters";

export type ExpiryWord = { readonly glyph: string; readonly text: string; readonly tone: Tone };

const DAY_MS = 86_400_000;

/** Null for what never expires. Both dates are the shop's own; the last day itself still counts. */
export function expiryOf(expiresOn: string | null, today: string): ExpiryWord | null {
  if (expiresOn === null) return null;
  const days = Math.round((Date.parse(expiresOn) - Date.parse(today)) / DAY_MS);
  if (days < 0) return { glyph: "○", text: `Expired on ${plainDate(expiresOn)}`, tone: "held" };
  if (days > SOON_DAYS) return { glyph: "", text: `Expires on ${plainDate(expiresOn)}`, tone: "quiet" };
  return { glyph: "◐", text: days === 0 ? "Expires today" : days === 1 ? "Expires tomorrow" : `Expires in ${days} days`, tone: "held" };
}
