/**
 * Daybook's own journal as books like any other. Nothing leaves the machine: an access carries the shop's rows beside it,
 * where no provider can see them, and a `send` that nobody may call.
 */
import { assert } from "../../kernel/assert";
import { newId, type Brand } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import type { ShopDb } from "../../platform/database";
import type { World } from "../../platform/world";
import { local, type Access, type BookedEntry, type Books, type BooksAccount, type EntryOrder } from "../../providers/registry";
import { classOfType, LONGEST_NAME, nameOfNew, newAccountTypes, toAccount, toLines } from "./rules";
import { accountsQuery, addAccount, booksQuery, entryByNumber, entryByRequest, writeEntry, type OwnBooksRow, type OwnEntryRow } from "./store";

type Desk = { readonly db: ShopDb; readonly world: Pick<World, "clock" | "random"> };

const NO_METHOD = { journal: 0, receipt: 0 } as const;
const NO_CALLS: Books["calls"] = { describe: 0, post: NO_METHOD, newAccount: NO_METHOD, find: NO_METHOD, read: NO_METHOD, findLookalikes: 0 };

const desks = new WeakMap<Access, Desk>();

/** The way into a shop's own books for the length of one job: good for `ownBooks` and for nothing else. */
export function ownAccess(db: ShopDb, world: Desk["world"]): Access {
  const access: Access = {
    send: async () => {
      throw new Error("Daybook's own journal is nowhere outside");
    },
    accessToken: "",
    externalAccount: db.shopId,
  };
  desks.set(access, { db, world });
  return access;
}

/** The books of the shop that an `ownAccess` was made for. Throws for any other access. */
export const ownBooks: Books = {
  manifest: local.journal.manifest,
  methods: ["journal"],
  calls: NO_CALLS,
  newAccountTypes,
  accountsUrl: () => "/connections",
  describe: async (access) => {
    const { currency, closedThrough } = await begunBooks(deskOf(access).db);
    return ok({ name: local.journal.manifest.name, currency, closedThrough });
  },
  accounts: async (access) => ok((await accountsQuery(deskOf(access).db)).map(toAccount)),
  createEntry: async (access, order) => await createEntry(deskOf(access), order),
  findEntry: async (access, documentNumber, date) => {
    const [row] = await entryByNumber(deskOf(access).db, documentNumber);
    return ok(row === undefined || row.date !== date ? null : toBooked(row));
  },
  readEntry: async (access, entryId) => {
    const [row] = await entryByRequest(deskOf(access).db, entryId);
    return row === undefined ? failed({ kind: "not_found" }) : ok(toBooked(row));
  },
  dimensions: async () => ok([]),
  // Nobody but Daybook writes here, so nothing here was posted by somebody else.
  findLookalikes: async () => ok([]),
  createAccount: async (access, account) => await createAccount(deskOf(access), account),
};

function deskOf(access: Access): Desk {
  const desk = desks.get(access);
  assert(desk !== undefined, "the access is one to Daybook's own journal");
  return desk;
}

async function begunBooks(db: ShopDb): Promise<OwnBooksRow> {
  const [row] = await booksQuery(db);
  assert(row !== undefined, "connecting began the books");
  return row;
}

/** A repeat brings what the first attempt wrote, whatever it asks for: the caller reads it back and compares. */
async function createEntry({ db, world }: Desk, order: EntryOrder): Promise<Result<BookedEntry>> {
  const { requestId, documentNumber, date, memo, entry } = order;
  const [earlier] = await entryByRequest(db, requestId);
  if (earlier !== undefined) return ok(toBooked(earlier));
  const refused = await accountRefusal(db, order);
  if (refused !== null) return refused;
  await writeEntry(db, { requestId, documentNumber, date, currency: entry.currency, memo, lines: toLines(order), writtenAt: world.clock() });
  const [written] = await entryByRequest(db, requestId);
  return written === undefined ? await refusalOf(db, order) : ok(toBooked(written));
}

async function accountRefusal(db: ShopDb, { entry }: EntryOrder): Promise<Result<never> | null> {
  const known = new Map((await accountsQuery(db)).map((account) => [account.id, account]));
  const used = [...new Set(entry.lines.map((line) => line.account.id))];
  const unknown = used.filter((id) => !known.has(id));
  if (unknown.length > 0) return failed({ kind: "account_unknown", accountIds: unknown });
  const inactive = used.filter((id) => known.get(id)?.isActive === false);
  if (inactive.length > 0) return failed({ kind: "account_inactive", accountIds: inactive });
  const foreign = [...known.values()].find((account) => used.includes(account.id) && account.currency !== entry.currency);
  return foreign === undefined ? null : failed({ kind: "currency_mismatch", expected: foreign.currency, found: entry.currency });
}

/** Why nothing was written, read after the fact: only what the statement asks for can be the reason. */
async function refusalOf(db: ShopDb, { documentNumber, date }: EntryOrder): Promise<Result<never>> {
  const [other] = await entryByNumber(db, documentNumber);
  if (other !== undefined) return failed({ kind: "duplicate_number", documentNumber });
  const { closedThrough } = await begunBooks(db);
  const isClosed = closedThrough !== null && date <= closedThrough;
  // Opened again between the two: the next attempt writes it.
  return isClosed ? failed({ kind: "period_closed", closedThrough }) : failed({ kind: "provider_down", provider: "journal", detail: "the period was opened meanwhile" });
}

async function createAccount({ db, world }: Desk, wish: { readonly name: string; readonly type: string }): Promise<Result<BooksAccount>> {
  const [name, accountClass] = [nameOfNew(wish.name), classOfType(wish.type)];
  if (name === null || accountClass === null) {
    const message = `must have 1 to ${LONGEST_NAME} characters that can be seen`;
    return failed({ kind: "invalid_input", message: "Your journal cannot hold this name.", fields: [{ path: "name", message }] });
  }
  const { currency } = await begunBooks(db);
  const row = await addAccount(db, { id: newId<Brand<string, "OwnAccountId">>(world.random), name, type: wish.type, class: accountClass, currency, isActive: true });
  return row === undefined ? failed({ kind: "conflict", message: "There is an account of that name already." }) : ok(toAccount(row));
}

function toBooked({ requestId, documentNumber, date, currency, lines }: OwnEntryRow): BookedEntry {
  return { id: requestId, documentNumber, date, currency, lines: lines.map(({ accountId, side, minor }) => ({ accountId, side, minor })) };
}
