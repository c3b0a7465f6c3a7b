/**
 * The demo café's number, and the people it writes to: who agreed, who said stop in their own words or by an email's link, who
 * may have meant it, and who never said anything. All of it through the routes, a phone and the post, as it would come about.
 */
import { z } from "zod";
import type { ContactAnswer } from "../features/contacts/contract";
import type { AssigneesView, ThreadView } from "../features/messages/contract";
import type { TextingView } from "../features/text-line/contract";
import { newId } from "../kernel/ids";
import { HANDSETS, HARBOUR_ACCOUNT } from "./demo-texting";
import type { SandboxContext } from "./context";
import { DEMO_SHOPS } from "./demo-people";
import { apiOf, signIn, until } from "./seed";
import { simulatorsOf } from "./transport";
import { Visitor } from "./visitor";

const HARBOUR = { slug: "harbour", ownerEmail: DEMO_SHOPS.find(({ slug }) => slug === "harbour")?.ownerEmail ?? "" };
const [ADA, BEN, CARMEN, DIMITRI] = HANDSETS;
const DAY_MS = 86_400_000;
const LETTERED = "ola.nystrom@mail.example";
const UNREACHABLE = "+16175550119";

type Somebody = { readonly name: string; readonly phone: string | null; readonly email?: string | null; readonly tags?: readonly string[]; readonly note?: string; readonly agreed?: string };

/** Numbers of films, and addresses of nobody. `agreed`: how they did. */
const PEOPLE: readonly Somebody[] = [
  { name: "Ada Brandt", phone: ADA.number, email: "ada.brandt@mail.example", tags: ["regulars", "workshops"], note: "Collects her beans on Fridays.", agreed: "Ticked “text me when it is ready” on repair slip 1042." },
  { name: "Ben Achterberg", phone: BEN.number, tags: ["regulars"], agreed: "Asked at the counter to hear of new beans." },
  { name: "Carmen Ibarra", phone: CARMEN.number, tags: ["workshops"], agreed: "Signed up for the workshop with her number." },
  { name: "Joana Pires", phone: UNREACHABLE, tags: ["wholesale"], agreed: "Their order form of March says texts are welcome." },
  { name: "Ola Nyström", phone: null, email: LETTERED, tags: ["wholesale"], agreed: "Wrote us to be put on the list." },
  { name: "Kwame Asante", phone: "+16175550121", tags: ["regulars"], agreed: "Said on the phone that a text is best." },
  { name: "Hilde Sørensen", phone: "+16175550122", email: "hilde@mail.example", tags: ["workshops"], agreed: "Signed up for the workshop with her number." },
  { name: "Marek Wójcik", phone: "+16175550123", tags: ["regulars"], agreed: "Ticked “text me when it is ready” on repair slip 1077." },
  { name: "Noor Haddad", phone: "+13055550124", tags: ["wholesale"] },
  { name: "Teo Lindgren", phone: "+15035550125", email: "teo@mail.example" },
  { name: "Zainab Yusuf", phone: null, email: "zainab@mail.example", tags: ["workshops"] },
];

type Desk = { readonly context: SandboxContext; readonly owner: Visitor; readonly ids: ReadonlyMap<string, string> };

/** Sets the café's number up and lets people write to it. Done twice it changes nothing. */
export async function textHarbour(context: SandboxContext): Promise<void> {
  const owner = await signIn(context, HARBOUR);
  const { line } = await owner.call<TextingView>("GET", apiOf(context, HARBOUR, "/texting"));
  if (line !== null) return;
  await setUpNumber(context, owner);
  const ids = new Map<string, string>();
  for (const somebody of PEOPLE) ids.set(somebody.name, await keep({ context, owner, ids }, somebody));
  const desk = { context, owner, ids };
  await talk(desk);
  await sayStop(desk);
  await failToReach(desk);
  await unsubscribe(desk);
}

async function setUpNumber(context: SandboxContext, owner: Visitor): Promise<void> {
  const { sid, authToken, number, service } = HARBOUR_ACCOUNT;
  const { line } = await owner.call<TextingView>("PUT", apiOf(context, HARBOUR, "/texting"), {
    account: { kind: "own", sid, credentials: { authToken, apiKey: null } }, number, serviceSid: service, displayName: "Harbour Coffee", helpContact: "owner@harbour.example",
    perMinute: 60, segmentMicros: 8_300, version: 0,
  });
  if (line === null || line.hooks === null) throw new Error("the demo's number was not set up");
  await simulatorsOf(context.env).pointNumber(number, line.hooks.arrived);
}

async function keep({ context, owner }: Desk, { name, phone, email = null, tags = [], note = "", agreed }: Somebody): Promise<string> {
  const { world } = context;
  const { contact } = await owner.call<ContactAnswer>("POST", apiOf(context, HARBOUR, "/contacts"), { name, phone, email, zone: null, note, tags, key: newId(world.random) });
  const addresses = [...(contact.phone === null ? [] : [{ channel: "text", value: contact.phone }]), ...(contact.email === null ? [] : [{ channel: "email", value: contact.email }])];
  for (const address of agreed === undefined ? [] : addresses) {
    await owner.call("POST", apiOf(context, HARBOUR, "/consent/agreements"), { key: newId(world.random), address, source: "staff", note: agreed, saidAt: world.clock() - 40 * DAY_MS });
  }
  return contact.id;
}

/** Ada asks and is answered, and Dimitri, whom nobody knows, asks as well. */
async function talk(desk: Desk): Promise<void> {
  const ada = idOf(desk, "Ada Brandt");
  await hears(desk, ada, ADA.number, "Hi! Is my grinder ready?");
  await writes(desk, ada, "Hello Ada, it is. New burrs, and it runs beautifully again.");
  await hears(desk, ada, ADA.number, "Wonderful. Is half past four on Friday too late?");
  await writes(desk, ada, "Half past four is fine. See you Friday!");
  await simulatorsOf(desk.context.env).textFrom(DIMITRI.number, HARBOUR_ACCOUNT.number, "Do you open on Sundays?");
  const { people } = await desk.owner.call<AssigneesView>("GET", apiOf(desk.context, HARBOUR, "/threads/assignees"));
  await desk.owner.call("POST", apiOf(desk.context, HARBOUR, `/threads/${ada}/assign`), { person: people.find(({ isYou }) => isYou)?.person ?? null });
}

/** Ben says it in his own words; of Carmen's somebody has to make something. */
async function sayStop(desk: Desk): Promise<void> {
  const [ben, carmen] = [idOf(desk, "Ben Achterberg"), idOf(desk, "Carmen Ibarra")];
  await hears(desk, ben, BEN.number, "What beans are in this week?");
  await writes(desk, ben, "Huila and Sidamo, both roasted on Tuesday.");
  await hears(desk, ben, BEN.number, "Please don't text me again, I get them at work");
  await hears(desk, carmen, CARMEN.number, "ok enough already");
}

/** Her phone is out of reach. */
async function failToReach(desk: Desk): Promise<void> {
  const joana = idOf(desk, "Joana Pires");
  await hears(desk, joana, UNREACHABLE, "Can you send us two bags more this week?");
  await simulatorsOf(desk.context.env).browse("twilio", new Request("http://phone.invalid/__sim/handsets", {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ handset: UNREACHABLE, outcome: "unreachable" }),
  }));
  await writes(desk, joana, "Of course, they come on Thursday with the rest.");
}

/** Ola opens the mail and unsubscribes by the link in it. */
async function unsubscribe(desk: Desk): Promise<void> {
  const { context, owner } = desk;
  const ola = idOf(desk, "Ola Nyström");
  await owner.call("POST", apiOf(context, HARBOUR, `/threads/${ola}/messages`), {
    key: newId(context.world.random), channel: "email", subject: "Roasts of the month", body: "Huila and Sidamo are in. Shall we keep two bags for you?", documents: [], template: null,
  });
  await until(async () => (await linkIn(context)) !== null);
  const link = await linkIn(context);
  if (link === null) throw new Error("the demo's mail did not arrive");
  await new Visitor(context.handle).submit(new URL(link), {});
}

const lettersShape = z.object({ letters: z.array(z.object({ text: z.string() })) });

/** The address by which Ola unsubscribes; null until the mail is there. */
async function linkIn(context: SandboxContext): Promise<string | null> {
  const answer = await simulatorsOf(context.env).browse("resend", new Request(`http://mail.invalid/__sim/letters?to=${encodeURIComponent(LETTERED)}`));
  const { letters } = lettersShape.parse(await answer.json());
  return letters.flatMap(({ text }) => text.split(/\s+/)).find((word) => word.startsWith(`${context.config.scheme}://`) && word.includes("/unsubscribe/")) ?? null;
}

/** Somebody's phone writes, and the conversation shows it. */
async function hears({ context, owner }: Desk, contact: string, from: string, body: string): Promise<void> {
  await simulatorsOf(context.env).textFrom(from, HARBOUR_ACCOUNT.number, body);
  await until(async () => (await owner.call<ThreadView>("GET", apiOf(context, HARBOUR, `/threads/${contact}`))).messages.some((message) => message.direction === "in" && message.body === body));
}

/** The shop writes, and the message is on its way. */
async function writes({ context, owner }: Desk, contact: string, body: string): Promise<void> {
  await owner.call("POST", apiOf(context, HARBOUR, `/threads/${contact}/messages`), { key: newId(context.world.random), channel: "text", subject: "", body, documents: [], template: null });
  await until(async () => (await owner.call<ThreadView>("GET", apiOf(context, HARBOUR, `/threads/${contact}`))).messages.every(({ state }) => state !== "queued" && state !== "sending"));
}

function idOf({ ids }: Desk, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`${name} is not in the demo`);
  return id;
}
