/** Contacts over HTTP. Who may see, keep and merge them stands in `kernel/roles`. */
import type { Context } from "hono";
import type { ContactId } from "../../kernel/ids";
import { ok, type Result } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { actorOf, guard, type ShopEnv } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { contactAnswer, contactChange, contactErased, contactPath, contactsQuery, contactsView, eraseAsk, mergeAsk, newContact } from "./contract";
import { addContact, changeContact, type Keeper } from "./keep";
import { viewContact, viewContacts } from "./look";
import { eraseContact, mergeContacts } from "./part";
import { countryOf } from "./phone";

export const contactsRoutes = router()
  .get("/contacts", guard("messages.read"), accept("query", contactsQuery), gives(contactsView), async (c) => (
    answer(c, ok(await viewContacts(c.get("visit"), c.req.valid("query"))))
  ))
  .get("/contacts/:contact", guard("messages.read"), accept("param", contactPath), gives(contactAnswer), async (c) => (
    answer(c, await viewContact(c.get("world"), c.env, c.get("visit"), c.req.valid("param").contact as ContactId))
  ))
  .post("/contacts", guard("messages.send"), accept("json", newContact), gives(contactAnswer), async (c) => {
    const turn = await takeTurn(c, "contact", { shop: c.get("visit").shop.id });
    return await shown(c, turn.ok ? await addContact(keeperOf(c), c.req.valid("json")) : turn);
  })
  .put("/contacts/:contact", guard("messages.send"), accept("param", contactPath), accept("json", contactChange), gives(contactAnswer), async (c) => {
    const turn = await takeTurn(c, "contact", { shop: c.get("visit").shop.id });
    return await shown(c, turn.ok ? await changeContact(keeperOf(c), c.req.valid("param").contact as ContactId, c.req.valid("json")) : turn);
  })
  .post("/contacts/:contact/merge", guard("messages.manage"), accept("param", contactPath), accept("json", mergeAsk), gives(contactAnswer), async (c) => {
    const { from, fromVersion, version } = c.req.valid("json");
    const into = { id: c.req.valid("param").contact as ContactId, version };
    return await shown(c, await mergeContacts(keeperOf(c), into, { id: from as ContactId, version: fromVersion }));
  })
  .post("/contacts/:contact/erase", guard("messages.manage"), accept("param", contactPath), accept("json", eraseAsk), gives(contactErased), async (c) => (
    answer(c, await eraseContact(keeperOf(c), { id: c.req.valid("param").contact as ContactId, version: c.req.valid("json").version }))
  ));

/** Who acts on contacts in a request. */
export function keeperOf(c: Context<ShopEnv>): Keeper {
  const { db, shop, ...visitor } = c.get("visit");
  return { world: c.get("world"), env: c.env, db, actor: actorOf(visitor), country: countryOf(shop) };
}

/** Answers with the contact as it is now. */
async function shown(c: Context<ShopEnv>, done: Result<ContactId>) {
  return done.ok ? answer(c, await viewContact(c.get("world"), c.env, c.get("visit"), done.value)) : refuse(c, done.failure);
}
