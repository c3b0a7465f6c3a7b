/** The templates that are offered while somebody writes. */
import { hc } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { PreviewRequest } from "../../../../src/features/messages/contract";
import { ask, clientOptions } from "../../ask";

const templates = hc<ShopApi>("/", clientOptions).api["message-templates"];

export const templatesApi = {
  templates: () => ask(() => templates.$get()),
  /** How words would read to a contact. */
  preview: (request: PreviewRequest) => ask(() => templates.preview.$post({ json: request })),
};
