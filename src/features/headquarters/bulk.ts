/** Many days of one of the organisation's shops at once, through a line in that shop's log. */
import type { ShopId } from "../../kernel/ids";
import type { Result } from "../../kernel/result";
import type { HqVisit } from "../../http/hq-guard";
import type { Bindings } from "../../platform/env";
import type { World } from "../../platform/world";
import { reach } from "../organisations/service";
import type { BulkOutcome } from "../sync/contract";
import { postReadyDays, retryDays } from "../sync/service";

/** Tries all days again that are held or failed. Fails as `reach`; what stops a single day stands in the outcome. */
export async function retryShop(world: World, env: Bindings, visit: HqVisit, shopId: ShopId): Promise<Result<BulkOutcome>> {
  const reached = await reach(world, env, visit, shopId, "days.retried");
  return reached.ok ? await retryDays({ world, env, visit: reached.value }) : reached;
}

/** Posts all ready days of the last two months as they stand now. Fails as `reach`; what stops a single day stands in the outcome. */
export async function postShop(world: World, env: Bindings, visit: HqVisit, shopId: ShopId): Promise<Result<BulkOutcome>> {
  const reached = await reach(world, env, visit, shopId, "days.posted");
  return reached.ok ? await postReadyDays({ world, env, visit: reached.value }) : reached;
}
