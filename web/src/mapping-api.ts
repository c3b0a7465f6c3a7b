/** What only the mapping page asks of the server: the effect of a change, and earlier versions. It loads this with itself. */
import { hc } from "hono/client";
import type { ShopApi } from "../../src/app";
import type { MappingChange } from "../../src/features/mapping/contract";
import { ask, clientOptions } from "./ask";

const shop = hc<ShopApi>("/", clientOptions).api;

/** The mapping before and after. */
export const mappingApi = {
  mappingEffect: (change: MappingChange) => ask(() => shop.mapping.effect.$post({ json: change })),
  mappingVersions: (before: number | null) => ask(() => shop.mapping.versions.$get({ query: before === null ? {} : { before: String(before) } })),
  mappingVersion: (version: number) => ask(() => shop.mapping.versions[":version"].$get({ param: { version: String(version) } })),
  restoreMapping: (version: number, seen: number) => ask(() => shop.mapping.versions[":version"].restore.$post({ param: { version: String(version) }, json: { version: seen } })),
};
