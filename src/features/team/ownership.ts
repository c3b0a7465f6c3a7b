/** Whose shop it is: an owner makes another member an owner, and may step down with the same act. */
import type { PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { actorOf } from "../../http/guard";
import { originOf } from "../../http/site";
import { directoryDb } from "../../platform/database";
import { readConfig } from "../../platform/env";
import { actOnDirectory, batchOrWhy } from "../../platform/intent";
import { tellChanged } from "../../platform/watch-client";
import { postLetter, type Letter } from "../mail/service";
import { bothAs, whyNot, type Act } from "./members";
import { hasRole, holds, readMember, roleWritten, type Member } from "./store";

/**
 * Makes a member an owner; with `stepDown`, whoever gives it becomes an admin in the same batch. Both are told by letter.
 * `not_found` for somebody who is no member, `conflict` for an owner, and when either's role changed meanwhile.
 */
export async function transferOwnership(act: Act, personId: PersonId, stepDown: boolean): Promise<Result<object>> {
  const { world, env, visit } = act;
  const directory = directoryDb(env);
  const target = await readMember(directory, visit.shop.id, personId);
  if (target === undefined) return failed({ kind: "not_found" });
  if (target.role === "owner") return failed({ kind: "conflict", message: `${target.name} is an owner already.` });
  const letters = await Promise.all(lettersOf(act, target, stepDown).map(async (letter) => await postLetter(world, env, directory, letter)));
  const intent = {
    actor: actorOf(visit), action: "ownership.given", subject: `person:${personId}`, personal: { name: target.name, email: target.email },
    before: { role: target.role }, after: { role: "owner", giverIs: stepDown ? "admin" : "owner" },
  };
  const given = await actOnDirectory(world, visit.db, intent, async () => await batchOrWhy(directory, [
    ...bothAs(directory, visit, target),
    roleWritten(directory, visit.shop.id, personId, "owner"),
    ...(stepDown ? [roleWritten(directory, visit.shop.id, visit.person.id, "admin")] : []),
    ...letters.map(({ statement }) => statement),
  ], {
    isDone: async () => await holds(directory, hasRole(visit.shop.id, personId, "owner")), why: async () => await whyNot(directory, visit, target),
  }));
  if (!given.ok) return given;
  for (const { send } of letters) await send();
  for (const person of stepDown ? [personId, visit.person.id] : [personId]) await tellChanged(world, env, person);
  return ok({});
}

function lettersOf({ env, visit }: Act, target: Member, stepDown: boolean): readonly [Letter, Letter] {
  const { shop, person } = visit;
  const url = `${originOf(shop.slug, readConfig(env))}/team`;
  const letter = (to: string, subject: string, paragraphs: readonly string[]): Letter => ({ kind: "ownership", to, subject, paragraphs, button: { text: "Open the team", url } });
  const notYou = "If this was a mistake, talk to each other first; if it was not you, change your password and tell us.";
  return [
    letter(target.email, `You are now an owner of ${shop.name}`, [
      `${person.name} made you an owner of ${shop.name}. An owner may do everything, including giving the shop away.`,
      stepDown ? `${person.name} stepped down and is an admin now.` : `${person.name} stays an owner as well.`,
    ]),
    letter(person.email, `${target.name} is now an owner of ${shop.name}`, [
      `You made ${target.name} (${target.email}) an owner of ${shop.name}.`,
      stepDown ? "You stepped down and are an admin now." : "You stay an owner as well.",
      notYou,
    ]),
  ];
}
