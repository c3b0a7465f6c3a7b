/** Which calls to a simulator misbehave, and how: asked for beforehand, used up one by one. */

/** The next `times` calls whose method is `method` and whose path contains `path`, after `skip` others. */
export type MisbehaviourPlan<Misbehaviour> = {
  readonly misbehaviour: Misbehaviour;
  readonly times?: number;
  readonly skip?: number;
  readonly method?: "GET" | "POST" | "PUT";
  readonly path?: string;
};

/** The plans that are not used up yet. */
export class Plans<Misbehaviour> {
  #plans: { plan: MisbehaviourPlan<Misbehaviour>; skip: number; times: number }[] = [];

  add(plan: MisbehaviourPlan<Misbehaviour>): void {
    this.#plans.push({ plan, skip: plan.skip ?? 0, times: plan.times ?? 1 });
  }

  clear(): void {
    this.#plans = [];
  }

  /** The misbehaviour due for a call, counted as used. */
  take(method: string, path: string): Misbehaviour | null {
    for (const entry of this.#plans) {
      const { plan } = entry;
      if ((plan.method !== undefined && plan.method !== method) || !path.includes(plan.path ?? "") || entry.times === 0) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.times -= 1;
      return plan.misbehaviour;
    }
    return null;
  }
}
