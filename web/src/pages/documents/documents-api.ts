/** What the pages of documents ask of the server. Bytes go up as they are, with a count of them on the way. */
import type { ClientResponse } from "hono/client";
import type {
  DescriptionChange, DocumentAnswer, DocumentsQuery, DocumentsView, FileQuery, ReplaceQuery, UploadStart, UploadView,
} from "../../../../src/features/documents/contract";
import type { Disposition, ShareRequest, SharesView, ShareView } from "../../../../src/features/shares/contract";
import { ask, clientOptions, type Answer } from "../../ask";
import { sendBytes, type Sending } from "./send-bytes";

const call = <T>(method: "GET" | "POST" | "PUT", path: string, body?: object): Promise<Answer<T>> => (
  ask(async () => await clientOptions.fetch(`/api/documents${path}`, { method, headers: { ...clientOptions.headers(), ...(body === undefined ? {} : { "content-type": "application/json" }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }) as unknown as ClientResponse<T, 200, "json">)
);
const put = <T>(method: "POST" | "PUT", path: string, body: Blob, sending: Sending): Promise<Answer<T>> => (
  ask(async () => await sendBytes(method, `/api/documents${path}`, body, sending) as unknown as ClientResponse<T, 200, "json">)
);
const at = (id: string) => `/${encodeURIComponent(id)}`;
const queryOf = (query: Readonly<Record<string, string | number | undefined>>) => (
  `?${new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString()}`
);

/** Whatever is done with documents and the links to them. */
export const documentsApi = {
  list: (query: DocumentsQuery) => call<DocumentsView>("GET", queryOf(query)),
  document: (id: string) => call<DocumentAnswer>("GET", at(id)),
  describe: (id: string, change: DescriptionChange) => call<DocumentAnswer>("PUT", at(id), change),
  remove: (id: string) => call<object>("POST", `${at(id)}/remove`, {}),
  setRule: (seals: boolean) => call<object>("PUT", "/rule", { seals }),
  file: (body: Blob, query: FileQuery, sending: Sending) => put<DocumentAnswer>("POST", `/file${queryOf(query)}`, body, sending),
  replace: (id: string, body: Blob, query: ReplaceQuery, sending: Sending) => put<DocumentAnswer>("PUT", `${at(id)}/file${queryOf(query)}`, body, sending),
  setThumbnail: (id: string, version: number, body: Blob, sending: Sending) => put<DocumentAnswer>("PUT", `${at(id)}/thumbnail${queryOf({ version })}`, body, sending),
  startUpload: (start: UploadStart) => call<UploadView>("POST", "/uploads", start),
  upload: (id: string) => call<UploadView>("GET", `/uploads${at(id)}`),
  sendPart: (id: string, part: number, body: Blob, checksum: string, sending: Sending) => put<object>("PUT", `/uploads${at(id)}/parts/${part}${queryOf({ checksum })}`, body, sending),
  completeUpload: (id: string) => call<DocumentAnswer>("POST", `/uploads${at(id)}/complete`, {}),
  cancelUpload: (id: string) => call<object>("POST", `/uploads${at(id)}/cancel`, {}),
  link: (id: string, disposition: Disposition) => call<{ url: string; expiresAt: number }>("POST", `${at(id)}/link`, { disposition }),
  shares: (id: string) => call<SharesView>("GET", `${at(id)}/shares`),
  share: (id: string, request: ShareRequest) => call<{ share: ShareView }>("POST", `${at(id)}/shares`, request),
  revoke: (id: string, share: string) => call<object>("POST", `${at(id)}/shares${at(share)}/revoke`, {}),
  voidLinks: (id: string) => call<object>("POST", `${at(id)}/links/void`, {}),
  voidAllLinks: () => call<object>("POST", "/links/void", {}),
};

export type DocumentsApi = typeof documentsApi;
