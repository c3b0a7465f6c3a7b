/** What the pages of documents ask of the server. Bytes go up as they are, with a count of them on the way. */
import { hc } from "hono/client";
import type { ClientResponse } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { DescriptionChange, DocumentAnswer, DocumentsQuery, FileQuery, ReplaceQuery, UploadStart, UploadView } from "../../../../src/features/documents/contract";
import type { Disposition, ShareRequest } from "../../../../src/features/shares/contract";
import { ask, clientOptions, type Answer } from "../../ask";
import { sendBytes, type Sending } from "./send-bytes";

const { documents } = hc<ShopApi>("/", clientOptions).api;
const { uploads } = documents;
const document = documents[":document"];

/** Ids come from addresses, and the client puts them into a path as they are: encoded, they stay one segment. */
const documentAt = (id: string) => ({ param: { document: encodeURIComponent(id) } });
const uploadAt = (id: string) => ({ param: { upload: encodeURIComponent(id) } });
const shareAt = (id: string, share: string) => ({ param: { document: encodeURIComponent(id), share: encodeURIComponent(share) } });

/** `path` below /api/documents. */
const put = <T>(method: "POST" | "PUT", path: string, query: Readonly<Record<string, string | number>>, body: Blob, sending: Sending): Promise<Answer<T>> => {
  const address = `/api/documents/${path}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()}`;
  return ask(async () => await sendBytes(method, address, body, sending) as unknown as ClientResponse<T, 200, "json">);
};

/** Whatever is done with documents and the links to them. */
export const documentsApi = {
  list: (query: DocumentsQuery) => ask(() => documents.$get({ query })),
  document: (id: string) => ask(() => document.$get(documentAt(id))),
  describe: (id: string, change: DescriptionChange) => ask(() => document.$put({ ...documentAt(id), json: change })),
  remove: (id: string) => ask(() => document.remove.$post({ ...documentAt(id), json: {} })),
  setRule: (seals: boolean) => ask(() => documents.rule.$put({ json: { seals } })),
  file: (body: Blob, query: FileQuery, sending: Sending) => put<DocumentAnswer>("POST", "file", query, body, sending),
  replace: (id: string, body: Blob, query: ReplaceQuery, sending: Sending) => put<DocumentAnswer>("PUT", `${encodeURIComponent(id)}/file`, query, body, sending),
  setThumbnail: (id: string, version: number, body: Blob, sending: Sending) => put<DocumentAnswer>("PUT", `${encodeURIComponent(id)}/thumbnail`, { version }, body, sending),
  startUpload: (start: UploadStart) => ask(() => uploads.$post({ json: start })),
  upload: (id: string) => ask(() => uploads[":upload"].$get(uploadAt(id))),
  sendPart: (id: string, part: number, body: Blob, checksum: string, sending: Sending) => put<UploadView>("PUT", `uploads/${encodeURIComponent(id)}/parts/${part}`, { checksum }, body, sending),
  completeUpload: (id: string) => ask(() => uploads[":upload"].complete.$post({ ...uploadAt(id), json: {} })),
  cancelUpload: (id: string) => ask(() => uploads[":upload"].cancel.$post({ ...uploadAt(id), json: {} })),
  link: (id: string, disposition: Disposition) => ask(() => document.link.$post({ ...documentAt(id), json: { disposition } })),
  shares: (id: string) => ask(() => document.shares.$get(documentAt(id))),
  share: (id: string, request: ShareRequest) => ask(() => document.shares.$post({ ...documentAt(id), json: request })),
  revoke: (id: string, share: string) => ask(() => document.shares[":share"].revoke.$post({ ...shareAt(id, share), json: {} })),
  voidLinks: (id: string) => ask(() => document.links.void.$post({ ...documentAt(id), json: {} })),
  /** Leads to a proof first where the last one is too old. */
  voidAllLinks: () => ask(() => documents.links.void.$post({ json: {} })),
};

export type DocumentsApi = typeof documentsApi;
