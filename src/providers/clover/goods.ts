/** Goods sold and returned, added up by item while a day is read and moved to their categories afterwards. */
import { ok, type Result } from "../../kernel/result";
import type { SalesDayFold } from "../../ledger/sales-day";
import type { Access } from "../contract";
import { categoriesOf } from "./catalog";
import { UNCATEGORIZED } from "./names";
import type { WireReader } from "./wire";

type Amounts = { gross: number; returned: number };

/** A day's goods by item id; the empty id is for amounts that were keyed in. Items that were ever sold bound its size. */
export class Goods {
  /** How many items Clover no longer knows, and how many stand in several categories. */
  unknown = 0;
  ambiguous = 0;
  private readonly byItem = new Map<string, Amounts>();

  constructor(private readonly fold: SalesDayFold) {}

  sold(itemId: string, minor: number): void {
    this.of(itemId).gross += minor;
  }

  cameBack(itemId: string, minor: number): void {
    this.of(itemId).returned += minor;
  }

  /** Asks once for all categories and books what is held. Failures are those of the calls. */
  async settle(access: Access, reader: WireReader): Promise<Result<void>> {
    const ids = [...this.byItem.keys()].filter((id) => id !== "");
    const categories = await categoriesOf(access, ids, reader);
    if (!categories.ok) return categories;
    for (const [id, amounts] of this.byItem) {
      const found = categories.value.get(id);
      if (found === undefined && id !== "") this.unknown += 1;
      if (found?.isAmbiguous === true) this.ambiguous += 1;
      const category = found ?? UNCATEGORIZED;
      const row = this.fold.category(category.id, category.label);
      row.gross(amounts.gross);
      row.returned(amounts.returned);
    }
    this.byItem.clear();
    return ok(undefined);
  }

  private of(itemId: string): Amounts {
    let amounts = this.byItem.get(itemId);
    if (amounts === undefined) this.byItem.set(itemId, (amounts = { gross: 0, returned: 0 }));
    return amounts;
  }
}
