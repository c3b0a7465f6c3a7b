/** The providers' OAuth calls as the lane needs them, each through the provider's own limited way out. */
import { assert } from "../../kernel/assert";
import { readConfig, type Bindings } from "../../platform/env";
import type { GrantPort } from "../../platform/lane-types";
import type { World } from "../../platform/world";
import { createSend, remoteOf, type ProviderId } from "../../providers/registry";
import { clientOf } from "./access";
import { isProviderId } from "./contract";

/** Binds every provider's refresh, revocation and pace to a world; the lane knows them by name only. */
export function grantPort(world: World, env: Bindings): GrantPort {
  const partsOf = (name: string, region: string | null = null) => {
    const id = idOf(name);
    const { oauth, manifest } = remoteOf(id);
    return { oauth, manifest, client: clientOf(readConfig(env), id, region), send: createSend(world.transport(env), manifest) };
  };
  return {
    refresh: async (name, tokens) => {
      const { oauth, client, send } = partsOf(name, tokens.region ?? null);
      return await oauth.refresh(send, client, tokens, world.clock());
    },
    revoke: async (name, tokens) => {
      const { oauth, client, send } = partsOf(name, tokens.region ?? null);
      return await oauth.revoke(send, client, tokens);
    },
    pace: (name) => {
      const { manifest } = partsOf(name);
      return { ...manifest.pace, refreshAheadMs: manifest.refreshAheadMs };
    },
  };
}

function idOf(name: string): ProviderId {
  assert(isProviderId(name), "a lane holds tokens of a known provider");
  return name;
}
