/** What is done with the number that the shop texts from. It is read by `inbox/line-api`. */
import { hc } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { LineChange } from "../../../../src/features/text-line/contract";
import { ask, clientOptions } from "../../ask";

const api = hc<ShopApi>("/", clientOptions).api;

export const textingApi = {
  /** Twilio is asked first; nothing is saved that it does not know. */
  save: (change: LineChange) => ask(() => api.texting.$put({ json: change })),
  check: (version: number) => ask(() => api.texting.check.$post({ json: { version } })),
  remove: (version: number) => ask(() => api.texting.remove.$post({ json: { version } })),
  notices: () => ask(() => api["message-notices"].$get()),
  setNotices: (notifies: boolean) => ask(() => api["message-notices"].$put({ json: { notifies } })),
};
