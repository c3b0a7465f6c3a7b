/** What somebody with a good link is told where its use cannot be noted, or its content not be opened: then nothing is given out. */
import type { Context } from "hono";
import { showPage } from "../../http/page";

/** 503, to be tried again. */
export function sayUnavailable(c: Context): Response | Promise<Response> {
  return showPage(c, {
    status: 503, title: "Not just now", sentence: "The link is good, but Daybook cannot give out the document at this moment, and note that it did. Try again in a minute.",
  }, null);
}
