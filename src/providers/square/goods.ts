/** Goods sold and returned, added up by variation while orders are read and moved to their categories afterwards. */
import { ok, type Result } from "../../kernel/result";
import type { SalesDayFold } from "../../ledger/sales-day";
import type { Access } from "../contract";
import { categoriesOf } from "./catalog";
import { UNCATEGORIZED } from "./names";

/** More distinct things than this are moved on before the day is over, so that memory stays bounded. */
const VARIATIONS_HELD = 5_000;

type Amounts = { gross: number; returned: number };

/** A day's goods by variation id; the empty id is for amounts that were keyed in. */
export class Goods {
  /** How many distinct things Square's catalogue no longer knows. */
  unknown = 0;
  private readonly byVariation = new Map<string, Amounts>();

  constructor(private readonly fold: SalesDayFold) {}

  get isFull(): boolean {
    return this.byVariation.size >= VARIATIONS_HELD;
  }

  sold(variationId: string, minor: number): void {
    this.of(variationId).gross += minor;
  }

  cameBack(variationId: string, minor: number): void {
    this.of(variationId).returned += minor;
  }

  /** Asks the catalogue once for all categories and books what is held. Failures are those of the catalogue call. */
  async settle(access: Access): Promise<Result<void>> {
    const ids = [...this.byVariation.keys()].filter((id) => id !== "");
    const categories = await categoriesOf(access, ids);
    if (!categories.ok) return categories;
    for (const [id, amounts] of this.byVariation) {
      const found = categories.value.get(id);
      if (found === undefined && id !== "") this.unknown += 1;
      const category = found ?? UNCATEGORIZED;
      const row = this.fold.category(category.id, category.label);
      row.gross(amounts.gross);
      row.returned(amounts.returned);
    }
    this.byVariation.clear();
    return ok(undefined);
  }

  private of(variationId: string): Amounts {
    let amounts = this.byVariation.get(variationId);
    if (amounts === undefined) this.byVariation.set(variationId, (amounts = { gross: 0, returned: 0 }));
    return amounts;
  }
}
