/** The simulator of each provider: adding a provider to the contract without its line here does not compile. */
import type { ProviderId } from "../providers/contract";
import type { SimulatorName } from "./addresses";

export const SIMULATOR_OF = { square: "square", quickbooks: "quickbooks" } as const satisfies Record<ProviderId, SimulatorName>;
