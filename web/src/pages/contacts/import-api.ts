/** What the page of imports asks of the server. The file goes up as it is. */
import { hc } from "hono/client";
import type { ClientResponse } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { ImportQuery, ImportView } from "../../../../src/features/contacts/contract";
import { ask, clientOptions, type Answer } from "../../ask";
import { markOfIdleness } from "../../idle";

const { imports } = hc<ShopApi>("/", clientOptions).api.contacts;
const at = (id: string) => ({ param: { import: encodeURIComponent(id) }, json: {} });

export type ImportAnswer = { readonly import: ImportView };

export const importApi = {
  open: () => ask(() => imports.$get()),
  /** Looks a file through; nothing is taken by that. */
  look: (file: Blob, query: ImportQuery): Promise<Answer<ImportAnswer>> => (
    ask(async () => await send(file, query) as unknown as ClientResponse<ImportAnswer, 200, "json">)
  ),
  /** Takes the next people of the file. */
  step: (id: string) => ask(() => imports[":import"].step.$post(at(id))),
  drop: (id: string) => ask(() => imports[":import"].drop.$post(at(id))),
};

async function send(file: Blob, query: ImportQuery): Promise<Response> {
  const asked = new URLSearchParams(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined));
  return await clientOptions.fetch(`/api/contacts/imports?${asked.toString()}`, { method: "POST", headers: { ...markOfIdleness(), "content-type": "text/csv" }, body: file.slice(0, file.size, "text/csv") });
}
