/** The number that the shop texts from. */
import { hc } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import { ask, clientOptions } from "../../ask";

const api = hc<ShopApi>("/", clientOptions).api;

export const lineApi = { line: () => ask(() => api.texting.$get()) };
