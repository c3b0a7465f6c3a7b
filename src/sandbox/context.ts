/** What the sandbox's own acts need: the whole worker as a function, and what it is wired from. */
import type { Bindings, Config } from "../platform/env";
import type { World } from "../platform/world";
import type { SandboxBindings } from "./transport";
import type { Handle } from "./visitor";

export type SandboxContext = {
  readonly env: Bindings & SandboxBindings;
  readonly config: Config;
  readonly world: World;
  readonly handle: Handle;
};
