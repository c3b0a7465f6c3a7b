/** What the files page asks of the server. A file goes up as it is, with a count of its bytes on the way. */
import { hc } from "hono/client";
import type { ClientResponse } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { LayoutChange, PlacesChange, UploadAnswer, UploadQuery } from "../../../../src/features/files/contract";
import { ask, clientOptions, type Answer } from "../../ask";
import { markOfIdleness } from "../../idle";

const { files } = hc<ShopApi>("/", clientOptions).api;
const dropAt = (id: string) => ({ param: { drop: encodeURIComponent(id) }, json: {} });

export const filesApi = {
  files: () => ask(() => files.$get()),
  saveLayout: (change: LayoutChange) => ask(() => files.layouts.$put({ json: change })),
  savePlaces: (change: PlacesChange) => ask(() => files.places.$put({ json: change })),
  take: (id: string) => ask(() => files[":drop"].take.$post(dropAt(id))),
  dismiss: (id: string) => ask(() => files[":drop"].dismiss.$post(dropAt(id))),
  /** `onProgress`: from 0 to 1, of what has left this machine. */
  upload: (file: File, query: UploadQuery, onProgress: (part: number) => void): Promise<Answer<UploadAnswer>> => (
    ask(async () => await send(file, query, onProgress) as unknown as ClientResponse<UploadAnswer, 200, "json">)
  ),
};

/** By XMLHttpRequest: `fetch` tells nothing of what it has sent. Rejects when the server cannot be reached. */
async function send(file: File, query: UploadQuery, onProgress: (part: number) => void): Promise<Response> {
  const request = new XMLHttpRequest();
  request.open("POST", `/api/files?${new URLSearchParams(Object.entries(query)).toString()}`);
  request.setRequestHeader("content-type", "text/csv");
  for (const [name, value] of Object.entries(markOfIdleness())) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
  return await new Promise((resolve, reject) => {
    request.addEventListener("load", () => resolve(new Response(request.responseText, { status: request.status })));
    for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => reject(new Error("the file did not arrive")));
    request.send(file.slice(0, file.size, "text/csv"));
  });
}
