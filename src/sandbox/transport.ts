/** The sandbox's way out: every provider's host leads to its simulator, and any other host nowhere. */
import type { Simulator } from "./simulator";

export type SandboxBindings = { readonly SIMULATOR: DurableObjectNamespace<Simulator> };

/** The object in which the simulators live. */
export function simulatorsOf(env: SandboxBindings): DurableObjectStub<Simulator> {
  return env.SIMULATOR.getByName("world");
}

/** A transport that never leaves the machine. */
export function sandboxTransport(env: SandboxBindings): (request: Request) => Promise<Response> {
  return async (request) => await simulatorsOf(env).fetch(request);
}
