/** The one answer to whatever is not here: no host, no shop, a closed shop, no page, no route. They are told apart by nobody. */
import type { Context } from "hono";
import { tell, refuse } from "./respond";
import type { AppEnv } from "./router";
import { showPage } from "./page";

/** 404: a page for a person who opened an address, JSON for everything else. */
export function absent(c: Context<AppEnv>): Response | Promise<Response> {
  if (!isOpenedByPerson(c)) return refuse(c, { kind: "not_found" });
  const { title } = tell({ kind: "not_found" });
  return showPage(c, { status: 404, title, sentence: "Check the address: a shop's is the name that was chosen for it." }, null);
}

/** Whether a page is what the answer will be shown as. */
export function isOpenedByPerson(c: Context<AppEnv>): boolean {
  return c.req.header("accept")?.includes("text/html") === true && !isApi(c.req.url);
}

/** Whether an address belongs to the API, which never answers with a page. */
export function isApi(url: string): boolean {
  return /^\/api(?:\/|$)/.test(new URL(url).pathname);
}
