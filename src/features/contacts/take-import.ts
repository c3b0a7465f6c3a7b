/**
 * Taking the people of a file, a part at a time. Whatever dies in between is done again without doubling: stops are recorded
 * first, consent counts once by its reference, and a part's people are written in the batch that takes the part off the file.
 */
import { hashOf, newId, type ContactId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { auditLine } from "../../platform/audit";
import { readConfig } from "../../platform/env";
import { agree, barredAmong, optOut, subjectOf, type Address } from "../consent/service";
import { carryAmong } from "./carry";
import type { ImportView } from "./contract";
import { decideAll, type Decided } from "./import-people";
import { viewOf } from "./import-view";
import { authorOf, rewritten, subjectsOf, type Keeper } from "./keep";
import { addressesMet, addressesOf, foundBy } from "./rules";
import { contactsDemanded, contactsWritten, importPartQuery, importPartTaken, importsDropped, importsQuery, onRecordQuery, type ContactRow, type ImportPart, type ImportTableRow } from "./store";

/** Words that are recorded one by one in a step: each is a call to the register and a batch. */
const MOST_WORDS = 150;
const AT_ONCE = 6;
const MOST_TRIES = 3;

type Kept = Exclude<Decided, { readonly kind: "refused" }>;

/**
 * Goes on with a file by one step; asked again and again until its state is `done`. `not_found` for a file that was let go
 * of: another was sent since, somebody was erased, or a day has passed.
 */
export async function stepImport(keeper: Keeper, id: string): Promise<Result<ImportView>> {
  const file = await openImport(keeper, id);
  if (!file.ok) return file;
  const [part] = await importPartQuery(keeper.db, id, file.value.nextPart);
  if (part === undefined) return ok(viewOf(file.value));
  for (let tries = 1; ; tries += 1) {
    const broke = await takePart(keeper, part).then(() => null, (error: unknown) => ({ error }));
    const now = await openImport(keeper, id);
    if (!now.ok || broke === null || now.value.nextPart > part.number) return now.ok ? ok(viewOf(now.value)) : now;
    // Somebody kept one of its people meanwhile: the part is looked at once more.
    if (tries >= MOST_TRIES) throw broke.error;
  }
}

/** The shop's file that is open, if one is. */
export async function openImports({ world, db }: Keeper): Promise<ImportView[]> {
  return (await importsQuery(db)).filter(({ expiresAt }) => expiresAt > world.clock()).map(viewOf);
}

/** Lets go of a file, with the people in it that were not taken. `not_found` where it is gone. */
export async function dropImport(keeper: Keeper, id: string): Promise<Result<{ readonly imports: ImportView[] }>> {
  const file = await openImport(keeper, id);
  if (!file.ok) return file;
  await keeper.db.orm.batch(importsDropped(keeper.db));
  return ok({ imports: [] });
}

async function openImport({ world, db }: Keeper, id: string): Promise<Result<ImportTableRow>> {
  const file = (await importsQuery(db)).find((one) => one.id === id);
  return file === undefined || file.expiresAt <= world.clock() ? failed({ kind: "not_found" }) : ok(file);
}

async function takePart(keeper: Keeper, part: ImportPart): Promise<void> {
  const { world, db, actor } = keeper;
  const decided = await decideAll(db, part.rows);
  const kept = decided.filter((one) => one.kind !== "refused");
  const words = [...await stopsLeft(keeper, part, decided), ...await consentLeft(keeper, kept)];
  await inTurn(words.slice(0, MOST_WORDS));
  if (words.length > MOST_WORDS) return;
  await carryAll(keeper, kept);
  const written = kept.filter((one) => one.kind !== "same");
  const rows = await Promise.all(written.map(async (one) => await rowOf(keeper, one)));
  const seen = written.flatMap((one) => (one.kind === "changed" ? [{ id: one.known.id, version: one.known.version }] : []));
  const after = { new: count(kept, "new"), changed: count(kept, "changed"), same: count(kept, "same") };
  await db.orm.batch([
    contactsDemanded(db, seen), ...importPartTaken(db, part), ...(rows.length === 0 ? [] : [contactsWritten(db, rows)]),
    ...auditLine(db, world.random, { at: world.clock(), actor, action: "contacts.imported", subject: `import:${part.importId}`, after }),
  ]);
  await carryAll(keeper, kept);
}

function count(kept: readonly Kept[], kind: Kept["kind"]): number {
  return kept.filter((one) => one.kind === kind).length;
}

/** The row that a contact becomes. */
async function rowOf(keeper: Keeper, one: Kept): Promise<Omit<ContactRow, "shopId">> {
  const { world, actor } = keeper;
  if (one.kind === "new") {
    const at = world.clock();
    return { id: newId<ContactId>(world.random), ...one.said, ...await subjectsOf(keeper, one.said), ...foundBy(one.said), former: [], version: 1, createdBy: authorOf(actor), createdAt: at, changedAt: at };
  }
  const { shopId: _, ...known } = one.known;
  return { ...known, ...await rewritten(keeper, one.known, one.said), version: one.known.version + 1 };
}

/**
 * Stops that the file tells of and that are not on record: also of people who are left out, and where a crash kept the line
 * from the ledger. Each is one at every address of whoever has that one.
 */
async function stopsLeft(keeper: Keeper, part: ImportPart, decided: readonly Decided[]): Promise<(() => Promise<unknown>)[]> {
  const told = decided.flatMap((one) => (
    addressesOf(one.kind === "refused" ? one.row : one.said).filter(({ channel }) => one.row.out.includes(channel))
      .map((address) => ({ address, others: othersOf(address, one), line: one.row.line }))
  ));
  if (told.length === 0) return [];
  const { world, env, db, actor } = keeper;
  const barred = await barredAmong(keeper, told.map(({ address }) => ({ address, others: [] })));
  const marked = await Promise.all(told.map(async (one, index) => ({ ...one, isOut: barred[index]?.kind === "opted_out", subject: await subjectOf(readConfig(env), db.shopId, one.address) })));
  const known = new Set((await onRecordQuery(db, "opted_out", marked.map(({ subject }) => subject))).map(({ subject }) => subject));
  return marked.filter(({ isOut, subject }) => !isOut || !known.has(subject)).map(({ address, others, line }) => async () => {
    const reference = `import:${part.importId}:${line}`;
    await optOut(keeper, { address, others }, { source: "import", words: "", saidAt: world.clock(), reference, actor, byPerson: null });
  });
}

/** Where else somebody is known to be who has an address. */
function othersOf(address: Address, { holders }: Decided): readonly Address[] {
  const isIt = (one: Address): boolean => one.channel === address.channel && one.value === address.value;
  return holders.map((holder) => addressesOf(holder)).filter((addresses) => addresses.some(isIt)).flat().filter((one) => !isIt(one));
}

/** Consent that the file tells of and the ledger does not have yet. It ends no stop, and is not noted beside one. */
async function consentLeft(keeper: Keeper, kept: readonly Kept[]): Promise<(() => Promise<unknown>)[]> {
  const given = kept.flatMap(({ row: { agreed, out }, said }) => (agreed === null || out.length > 0 ? [] : addressesOf(said).map((address) => ({ ...agreed, address, said }))));
  if (given.length === 0) return [];
  const barred = await barredAmong(keeper, given.map(({ address, said }) => ({ address, others: addressesOf(said).filter(({ value }) => value !== address.value) })));
  const { db, env, actor } = keeper;
  const marked = await Promise.all(given.filter((_, index) => barred[index] === null).map(async ({ address, how, at }) => (
    { address, how, at, subject: await subjectOf(readConfig(env), db.shopId, address), reference: `import:${await hashOf(JSON.stringify([at, how]))}` }
  )));
  const known = new Set((await onRecordQuery(db, "agreed", marked.map(({ subject }) => subject))).map(({ subject, reference }) => `${subject} ${reference}`));
  return marked.filter(({ subject, reference }) => !known.has(`${subject} ${reference}`)).map(({ address, how, at, reference }) => async () => {
    await agree(keeper, address, { source: "import", words: how, saidAt: at, reference, actor, byPerson: null });
  });
}

/** Carries what stands of one address of a person to their others, where a part brings addresses together. One call where nothing stands. */
async function carryAll(keeper: Keeper, kept: readonly Kept[]): Promise<void> {
  const together = kept.map((one) => (one.kind === "new" ? addressesOf(one.said) : one.kind === "changed" ? addressesMet(one.known, one.said) : [])).filter(({ length }) => length > 1);
  const barred = await barredAmong(keeper, together.flatMap((addresses) => addresses.map((address: Address) => ({ address, others: [] }))));
  let at = 0;
  const carried = together.filter(({ length }) => barred.slice(at, (at += length)).some((one) => one !== null));
  await inTurn(carried.map((addresses) => async () => await carryAmong(keeper, addresses)));
}

/** Does acts, a few at a time. */
async function inTurn(acts: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (let at = 0; at < acts.length; at += AT_ONCE) await Promise.all(acts.slice(at, at + AT_ONCE).map(async (act) => await act()));
}
