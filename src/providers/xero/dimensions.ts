/** Tracking categories: at most two are active, and a line carries at most one option of each (Xero, TrackingCategories). */
import { ok, type Result } from "../../kernel/result";
import type { Access, Dimension } from "../contract";
import { read } from "./client";
import { trackingAnswerSchema } from "./wire";

/** Every category that was not deleted. The options of an archived one are as good as archived themselves. */
export async function dimensions(access: Access): Promise<Result<readonly Dimension[]>> {
  const answer = await read(access, { path: "TrackingCategories", query: { includeArchived: "true" } }, trackingAnswerSchema);
  if (!answer.ok) return answer;
  const kept = answer.value.TrackingCategories.filter(({ Status }) => Status !== "DELETED");
  return ok(kept.map(({ TrackingCategoryID, Name, Status, Options }) => ({
    id: TrackingCategoryID,
    name: Name,
    options: Options.filter((option) => option.Status !== "DELETED").map((option) => ({
      id: option.TrackingOptionID, name: option.Name, isActive: Status === "ACTIVE" && option.Status === "ACTIVE",
    })),
  })));
}
