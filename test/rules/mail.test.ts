/** Who may send mail, and to whom: letters go to people of Daybook alone, and a contact is written to only while consent holds its place. */
import { expect, it } from "vitest";
import { arrowsOf, codeBelow, textOf } from "./sources";

const files = codeBelow("src").filter((file) => !file.startsWith("src/sandbox/") && !/\/simulator/.test(file));
const arrows = files.flatMap(arrowsOf).filter(({ isOurs }) => isOurs);
const using = (pattern: RegExp) => files.filter((file) => pattern.test(textOf(file)));
const featureOf = (file: string) => /^src\/features\/([^/]+)\//.exec(file)?.[1] ?? "";

/** Every feature that a feature looks into, and so on; types and contracts count. */
function below(start: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let feature = waiting.pop(); feature !== undefined; feature = waiting.pop()) {
    if (seen.has(feature)) continue;
    seen.add(feature);
    waiting.push(...arrows.filter(({ from }) => featureOf(from) === feature).map(({ to }) => featureOf(to)).filter((to) => to !== ""));
  }
  return seen;
}

it("is handed to Resend in two places: the mail queue's letters, and the mails of conversations", () => {
  expect(using(/\bpost\.send\(/)).toEqual(["src/features/mail/jobs.ts", "src/features/messages/carriers.ts"]);
  expect(using(/\bsendMail\(/)).toEqual(["src/providers/resend/client.ts"]);
});

it("to people alone goes by the mail queue: it knows no contact, and whoever knows contacts posts no letter to one", () => {
  for (const stranger of ["contacts", "consent", "messages", "broadcasts", "inbound"]) expect([stranger, below("mail").has(stranger)]).toEqual([stranger, false]);
  const posting = arrows.filter(({ names }) => names.includes("postLetter")).map(({ from }) => featureOf(from));
  expect(posting.length).toBeGreaterThan(5);
  // Notices to a shop's own staff are letters too: `messages` sends them to members, whose addresses it takes from `shops`.
  expect([...new Set(posting)].filter((feature) => ["contacts", "consent", "broadcasts", "inbound"].includes(feature))).toEqual([]);
});

it("to a contact is written in one place, and leaves by the one door that asks consent and holds the recipient's place meanwhile", () => {
  expect(using(/\bcontactMail\(/)).toEqual(["src/features/consent/contact-mail.ts", "src/features/messages/carriers.ts"]);
  expect(using(/\bcarrier\.send\(/)).toEqual(["src/features/messages/send.ts"]);
  expect(using(/\bmailCarrier\(/)).toEqual(["src/features/messages/carriers.ts", "src/features/messages/send.ts"]);
  const handOver = /async function handOver[\s\S]*?\n}\n/.exec(textOf("src/features/messages/send.ts"))?.[0] ?? "";
  expect(textOf("src/features/messages/send.ts").match(/\bcarrier\.send\(/g)).toHaveLength(1);
  expect(handOver).toMatch(/carrier\.send\([\s\S]*whileReachable\(desk, person, act\)/);
});

it("that goes to somebody who said stop is a text: the answer to a STOP, a START or a HELP", () => {
  const answer = /export async function sendConfirmation[\s\S]*?\n}\n/.exec(textOf("src/features/messages/write.ts"))?.[0] ?? "";
  expect(answer).toMatch(/channel: "text", purpose/);
  expect(using(/purpose: (?:"confirmation"|"help")/).every((file) => /\/(?:inbound|messages)\//.test(file))).toBe(true);
});
