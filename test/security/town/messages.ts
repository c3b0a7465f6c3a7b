/** A shop texts: with its own line, to people who wrote to it, in conversations that its team reads, gives away and closes. */
import { recordArrived, recordState, sendConfirmation, type MessageRow } from "../../../src/features/messages/service";
import { contactById } from "../../../src/features/contacts/service";
import { HOUR, MINUTE } from "../../../src/kernel/clock";
import type { ContactId } from "../../../src/kernel/ids";
import { openShopDb } from "../../../src/platform/database";
import { TEXT_ACCOUNT, TEXT_NUMBER } from "../../support/texting";
import { signIn } from "./people";
import { ownerOf } from "./plan";
import type { Working } from "./set-up";
import { apiUrl, type Town } from "./town";

const LINE = { serviceSid: null, displayName: "Lantern", helpContact: "lantern@example.com", perMinute: 60, segmentMicros: 8_000, version: 0 } as const;

/** What a shop does with messages in a day; nothing of it touches its days. */
export async function talk(town: Town, { shop }: Pick<Working, "shop">): Promise<void> {
  const owner = await signIn(town.handle, shop, ownerOf(shop.plan).email);
  const call = async <T>(method: "GET" | "POST" | "PUT", path: string, body?: unknown) => await owner.visitor.call<T>(method, apiUrl(shop, path), body);
  const desk = { world: town.world, env: town.env, db: openShopDb(town.env, shop.id, shop.shard) };
  const { accountSid, authToken } = TEXT_ACCOUNT;
  await call("PUT", "/texting", { ...LINE, number: TEXT_NUMBER, account: { kind: "own", sid: accountSid, credentials: { authToken, apiKey: null } } });
  const about = { name: `Guest ${shop.plan.canary}`, email: null, zone: "America/New_York", note: "", tags: [] };
  const { contact: { id } } = await call<{ readonly contact: { readonly id: ContactId } }>("POST", "/contacts", { ...about, phone: "+12125550188", key: "m".repeat(26) });
  const contact = await contactById(desk.db, id);
  if (contact === null) throw new Error("the contact is there");
  const arrived = { sid: `SM${"d".repeat(32)}`, body: `Is it ready? ${shop.plan.canary}`, mediaCount: 0, at: town.world.clock() };
  await recordArrived(desk, contact, arrived);
  town.pass(3 * MINUTE);
  await sendConfirmation(desk, contact, { purpose: "help", body: "Lantern: ask us.", answerTo: arrived.sid });
  await town.work();
  const write = async (key: string) => await call<{ readonly message: Pick<MessageRow, "id" | "at"> }>("POST", `/threads/${id}/messages`, { key: key.repeat(26), channel: "text", subject: "", body: `Yes ${key}`, documents: [], template: null });
  town.twilio.control.misbehave({ misbehaviour: { kind: "answer_lost" }, method: "POST", path: "Messages" });
  await write("e");
  await town.work();
  await write("e");
  town.pass(10 * MINUTE);
  await town.jobs.scheduled(town.env);
  await town.work();
  const { message } = await write("f");
  await call("POST", `/threads/${id}/messages/${message.id}/cancel`, { at: message.at });
  const [sent] = town.twilio.control.texts({ to: "+12125550188" });
  await recordState(desk, { sid: sent?.sid ?? "", state: "failed", errorCode: "30003", at: town.world.clock() });
  await call("POST", `/threads/${id}/assign`, { person: null });
  await call("POST", `/threads/${id}/read`, { through: town.world.clock() });
  await call("POST", `/threads/${id}/done`, { isDone: true });
  for (const path of ["/threads?filter=done&search=guest", "/threads/unread", "/threads/assignees", `/threads/${id}`, "/message-notices"]) await call("GET", path);
  await call("PUT", "/message-notices", { notifies: false });
  town.pass(HOUR);
  await town.jobs.scheduled(town.env);
  await town.work();
}
