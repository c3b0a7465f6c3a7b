/** Templates of messages: offered while somebody writes, kept on their own pages. */
import { hc } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { PreviewRequest, TemplateChange } from "../../../../src/features/messages/contract";
import { ask, clientOptions } from "../../ask";

const templates = hc<ShopApi>("/", clientOptions).api["message-templates"];
const template = templates[":template"];

/** Ids come from addresses, and the client puts them into a path as they are: encoded, they stay one segment. */
const at = (id: string) => ({ param: { template: encodeURIComponent(id) } });

export const templatesApi = {
  templates: () => ask(() => templates.$get()),
  /** How words would read to a contact. */
  preview: (request: PreviewRequest) => ask(() => templates.preview.$post({ json: request })),
  /** `null` for a new one. */
  save: (id: string | null, change: TemplateChange) => (
    id === null ? ask(() => templates.$post({ json: change })) : ask(() => template.$put({ ...at(id), json: change }))
  ),
  archive: (id: string, version: number, isArchived: boolean) => ask(() => template.archive.$post({ ...at(id), json: { version, isArchived } })),
};
