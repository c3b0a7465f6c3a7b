/** A shop writes to many: a file brings contacts who agreed, a template is made, and one list is sent, paused and cancelled. */
import type { BroadcastAnswer, DryRunView } from "../../../src/features/broadcasts/contract";
import type { ImportView } from "../../../src/features/contacts/contract";
import type { TemplateAnswer } from "../../../src/features/messages/contract";
import { signIn } from "./people";
import { ownerOf } from "./plan";
import type { Working } from "./set-up";
import { apiUrl, type Town } from "./town";

const TEMPLATE = { name: "Open late", kind: "other", channel: "text", subject: "", body: "{{shop}} is open late on Friday.", version: 0 } as const;
const MOST_STEPS = 20;

/** What a shop does with lists; its line for texts is set up. */
export async function writeToMany(town: Town, { shop }: Pick<Working, "shop">): Promise<void> {
  const owner = await signIn(town.handle, shop, ownerOf(shop.plan).email);
  const call = async <T>(method: "GET" | "POST" | "PUT", path: string, body?: unknown) => await owner.visitor.call<T>(method, apiUrl(shop, path), body);
  const rows = `Name,Phone,Tags\nGuest ${shop.plan.canary},+12125550171,regular\nAnother,+12125550172,regular\n`;
  const file = await owner.send(new Request(apiUrl(shop, "/contacts/imports"), {
    method: "POST", body: rows, headers: { "content-type": "text/csv", "sec-fetch-site": "same-origin", accept: "application/json" },
  }));
  if (!file.ok) throw new Error(`contacts were refused: ${file.status} ${await file.text()}`);
  const { import: given } = await file.json<{ readonly import: ImportView }>();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { import: now } = await call<{ readonly import: ImportView }>("POST", `/contacts/imports/${given.id}/step`, {});
    if (now.state === "done") break;
  }
  for (const [index, value] of ["+12125550171", "+12125550172"].entries()) {
    await call("POST", "/consent/agreements", { key: (index === 0 ? "y" : "z").repeat(26), address: { channel: "text", value }, source: "staff", note: "Asked at the counter.", saidAt: town.world.clock() });
  }
  const { template } = await call<TemplateAnswer>("POST", "/message-templates", TEMPLATE);
  const plan = { template: template.id, audience: { tags: ["regular"], contacts: [] }, link: "", perMinute: 1 };
  const { fingerprint } = await call<DryRunView>("POST", "/broadcasts/dry-run", plan);
  const { broadcast } = await call<BroadcastAnswer>("POST", "/broadcasts", { ...plan, name: "Open late", fingerprint, key: "b".repeat(26) });
  await town.work();
  for (const act of ["pause", "resume", "cancel"]) {
    await call("POST", `/broadcasts/${broadcast.id}/${act}`, {});
    await town.work();
  }
  for (const path of ["/broadcasts", `/broadcasts/${broadcast.id}`, `/broadcasts/${broadcast.id}/recipients`, "/message-templates", "/contacts?search=guest&tag=regular"]) await call("GET", path);
  await call("PUT", `/message-templates/${template.id}`, { ...TEMPLATE, name: "Open later", version: template.version });
  await town.jobs.scheduled(town.env);
  await town.work();
}
