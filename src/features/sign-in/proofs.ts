/**
 * What a letter proves: that whoever asked can read what comes to an address. The link's token counts in the browser that
 * asked, by the secret in its cookie; from any other browser only the six digits lead on, typed where they were asked for.
 * So a scanner that opens links consumes nothing, and nobody is signed in by a letter that a stranger had sent to them.
 */
import type { Context } from "hono";
import { MINUTE, SECOND } from "../../kernel/clock";
import type { Failure } from "../../kernel/failure";
import { hashOf, newId, newSecret, type Brand, type PersonId } from "../../kernel/ids";
import { failed, ok, type Result } from "../../kernel/result";
import { cookieOf, setHostCookie } from "../../http/cookies";
import { takeTurn } from "../../http/limit";
import type { Statement } from "../../platform/audit";
import { directoryDb } from "../../platform/database";
import type { World } from "../../platform/world";
import { postLetter, type Letter } from "../mail/service";
import type { MailProof } from "./contract";
import type { LetterSecrets } from "./letters";
import { MOST_WRONG_CODES, proofAsked, readProof, readProofOf, takeCode, takeProof, takeToken, type MailProofRow, type ProofPurpose, type Showing } from "./store";

/** From asking to showing (OWASP ASVS 5.0 6.5.5: ten minutes at most). */
export const LETTER_SERVES_MS = 10 * MINUTE;
/** From showing to finishing: long enough to find a name for a shop. */
export const PROOF_SERVES_MS = 30 * MINUTE;

/** The cookie that ties a letter to the browser that asked for it. */
export const ASKED_COOKIE = "__Host-asked";
const ASKED_COOKIE_SECONDS = (LETTER_SERVES_MS + PROOF_SERVES_MS) / SECOND;

/** What somebody asked to prove, and the letter that goes out. */
export type Asking = {
  readonly purpose: ProofPurpose;
  readonly email: string;
  readonly personId: PersonId | null;
  /** Whether somebody signed in asks for themselves: then an earlier letter of theirs dies, whatever its address. */
  readonly isOfSession?: boolean;
  /** The letter with a link and a code; or one that only says how things stand, and then nothing proves anything. */
  readonly letter: { readonly proves: (secrets: LetterSecrets) => Letter } | { readonly tells: Letter };
  /** What is written in the same batch. */
  readonly besides?: readonly Statement[];
};

/** Writes the proof and its letter in one batch, sends the letter, and ties both to this browser. The same work whatever the letter says. */
export async function askByMail(c: Context, { purpose, email, personId, isOfSession = false, letter, besides = [] }: Asking): Promise<void> {
  const world: World = c.get("world");
  const directory = directoryDb(c.env);
  const now = world.clock();
  const expiresAt = now + LETTER_SERVES_MS;
  const browser = browserOf(c) ?? newSecret(world.random);
  const id = newId<Brand<string, "MailProofId">>(world.random);
  const [secret, code] = [newSecret(world.random), sixDigits(world)];
  const isGood = "proves" in letter;
  const posting = await postLetter(world, c.env, directory, {
    ...(isGood ? letter.proves({ token: `${id}.${secret}`, code }) : letter.tells), usefulUntil: expiresAt,
  });
  const row = {
    id, purpose, email, personId, tokenHash: await hashOf(secret), browserHash: await hashOf(browser), createdAt: now, expiresAt,
    // A letter without a code has a row all the same, and no six digits fit it.
    codeHash: await codeHashOf(browser, isGood ? code : newSecret(world.random)),
  };
  await directory.batch([...proofAsked(directory, row, isOfSession), ...besides, posting.statement]);
  setHostCookie(c, ASKED_COOKIE, browser, ASKED_COOKIE_SECONDS);
  await posting.send();
}

/** What was proved: the row of the letter, shown for the first and only time. */
export type Proved = Pick<MailProofRow, "id" | "email" | "personId">;

/**
 * Shows a letter's link or code. `wrong_proof` with words for one that is wrong, used, too old, of another purpose or of
 * another browser; five wrong codes kill the letter.
 */
export async function proveByMail(c: Context, purpose: ProofPurpose, proof: MailProof): Promise<Result<Proved>> {
  const world: World = c.get("world");
  const now = world.clock();
  const browser = browserOf(c);
  const showing: Showing = { purpose, browserHash: await hashOf(browser ?? ""), now, servesUntil: now + PROOF_SERVES_MS };
  return "token" in proof ? await proveByToken(c, proof.token, showing) : await proveByCode(c, proof.code, browser ?? "", showing);
}

/** The proof that this browser showed for a purpose and that still serves; `wrong_proof` without one. Takes nothing. */
export async function provedByMail(c: Context, purpose: ProofPurpose): Promise<Result<Proved>> {
  const showing = { purpose, browserHash: await hashOf(browserOf(c) ?? ""), now: (c.get("world") as World).clock() };
  const row = await readProofOf(directoryDb(c.env), showing, true);
  return row === undefined ? failed(OVER) : ok(row);
}

/** Takes a proof out, to finish with it: once. `wrong_proof` when somebody else was first, or it is too old by now. */
export async function finishProof(c: Context, id: string): Promise<Result<Proved>> {
  const row = await takeProof(directoryDb(c.env), id, (c.get("world") as World).clock());
  return row === undefined ? failed(OVER) : ok(row);
}

const OVER: Failure = { kind: "wrong_proof", message: "What was proved by that letter does not count any more.", next: "Ask for a new letter." };
const OLD_LINK: Failure = { kind: "wrong_proof", message: "This link was used, or is too old, or was replaced by a newer one.", next: "Ask for a new letter." };
const OTHER_BROWSER: Failure = { kind: "wrong_proof", message: "This link was asked for in another browser.", next: "Type the letter's six digits there." };
const OLD_CODE = "There is no letter that this browser could still show a code of.";

async function proveByToken(c: Context, token: string, showing: Showing): Promise<Result<Proved>> {
  const turn = await takeTurn(c, "mail_code", {});
  if (!turn.ok) return turn;
  const directory = directoryDb(c.env);
  const [id = "", secret = ""] = token.split(".");
  const hash = await hashOf(secret);
  const row = await takeToken(directory, { id, hash }, showing);
  if (row !== undefined) return ok(row);
  const found = await readProof(directory, id);
  const isElsewhere = found?.tokenHash === hash && found.browserHash !== showing.browserHash && found.provedAt === null && found.expiresAt > showing.now;
  return failed(isElsewhere ? OTHER_BROWSER : OLD_LINK);
}

async function proveByCode(c: Context, code: string, browser: string, showing: Showing): Promise<Result<Proved>> {
  const directory = directoryDb(c.env);
  // The turn is the address's, not only this letter's: new letters bring no new tries without end.
  const asked = await readProofOf(directory, showing, false);
  const turn = await takeTurn(c, "mail_code", asked === undefined ? {} : { account: asked.email });
  if (!turn.ok) return turn;
  const row = await takeCode(directory, await codeHashOf(browser, code), showing);
  if (row === undefined) return failed({ kind: "wrong_proof", message: OLD_CODE });
  return row.provedAt === null ? failed({ kind: "wrong_proof", message: wrongCode(MOST_WRONG_CODES - row.wrongCodes) }) : ok(row);
}

function wrongCode(left: number): string {
  if (left <= 0) return "That was not the code, and too often. Ask for a new letter.";
  return left === 1 ? "That is not the code. One try is left." : `That is not the code. ${left} tries are left.`;
}

/** Six digits are soon tried out: hashed with the browser's secret, which is stored nowhere, they cannot be found from the table. */
async function codeHashOf(browser: string, code: string): Promise<string> {
  return await hashOf(`${browser}.${code}`);
}

/** 000000 to 999999, each as likely as the others to one part in a thousand million. */
function sixDigits(world: Pick<World, "random">): string {
  const number = new DataView(world.random(8).buffer).getBigUint64(0) % 1_000_000n;
  return number.toString().padStart(6, "0");
}

/** The secret of this browser's cookie, or null without one that is ours. */
function browserOf(c: Context): string | null {
  const value = cookieOf(c.req.raw, ASKED_COOKIE);
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null;
}
