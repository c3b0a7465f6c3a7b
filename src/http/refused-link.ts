/** The one answer of `files.` to whatever opens nothing, byte for byte: forged, copied badly, run out, taken back, removed. */
import type { Context } from "hono";
import { showPage } from "./page";

/** 404. It says what may be the case and never which. */
export function refuseLink(c: Context): Response | Promise<Response> {
  return showPage(c, {
    status: 404, title: "This link opens nothing",
    sentence: "It may have run out, been used already or been taken back, or not have been copied as a whole. Whoever gave it to you can give you a new one.",
  }, null);
}
