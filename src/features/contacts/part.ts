/** Contacts that cease to be: two that are one person, and one who is to be forgotten. No stop ever ceases with them. */
import type { ContactId } from "../../kernel/ids";
import { ok, type Result } from "../../kernel/result";
import { once } from "../../platform/once";
import { evidenceErased, type Address } from "../consent/service";
import { belongingsErased, belongingsMoved } from "./belongings";
import { carryAmong } from "./carry";
import { conflict, findContact, rewritten, type Keeper } from "./keep";
import { addressesOf, joined, subjectsEver } from "./rules";
import { contactRemoved, contactsDemanded, contactWritten, importsDropped, type Seen } from "./store";

/**
 * Makes two contacts one: what `from` has and `into` lacks, its conversation and its messages become `into`'s, and `from` is
 * gone. A stop or a hold at any address of the two stands at all of them afterwards. Fails as `findContact` and `joined` do.
 */
export async function mergeContacts(keeper: Keeper, into: Seen, from: Seen): Promise<Result<ContactId>> {
  const { world, db, actor } = keeper;
  let together: readonly Address[] = [];
  const act = { key: `contact:${from.id}:merged`, input: { into: into.id }, actor, action: "contact.merged", at: world.clock(), random: world.random };
  const merged = await once<{ readonly contact: ContactId }>(db, act, async () => {
    const [first, other] = [await findContact(keeper, into), await findContact(keeper, from)];
    if (!first.ok) return first;
    if (!other.ok) return other;
    if (into.id === from.id) return conflict("A contact cannot be merged with itself.");
    const said = joined(first.value, other.value);
    if (!said.ok) return said;
    together = [...addressesOf(first.value), ...addressesOf(other.value)];
    await carryAmong(keeper, together);
    const change = await rewritten(keeper, first.value, said.value, [other.value]);
    const statements = [
      contactsDemanded(db, [into, from]), ...belongingsMoved(db, from.id, into.id), contactRemoved(db, from.id), contactWritten(db, into, change),
    ];
    return ok({ statements, answer: { contact: into.id }, audit: { subject: `contact:${into.id}`, before: { from: from.id } } });
  });
  if (!merged.ok) return merged;
  await carryAmong(keeper, together);
  return ok(merged.value.contact);
}

/**
 * Forgets a person: the contact, what they and the shop wrote, and what they said of being written to. Of the ledger the
 * keyed hashes stay, and every stop with them, also for a contact that is made of the same address again. `not_found`;
 * `conflict` where the contact was changed since it was seen.
 */
export async function eraseContact(keeper: Keeper, seen: Seen): Promise<Result<{ readonly erased: boolean }>> {
  const { world, db, actor } = keeper;
  const act = { key: `contact:${seen.id}:erased`, input: {}, actor, action: "contact.erased", at: world.clock(), random: world.random };
  return await once<{ readonly erased: boolean }>(db, act, async () => {
    const found = await findContact(keeper, seen);
    if (!found.ok) return found;
    const statements = [
      contactsDemanded(db, [seen]), evidenceErased(db, subjectsEver(found.value)), ...belongingsErased(db, seen.id),
      // They may stand in a file that is about to be taken: it has to be sent again by whoever still wants it.
      ...importsDropped(db), contactRemoved(db, seen.id),
    ];
    return ok({ statements, answer: { erased: true }, audit: { subject: `contact:${seen.id}` } });
  });
}
