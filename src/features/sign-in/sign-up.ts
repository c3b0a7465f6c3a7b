/** Signing up: the address is proved first, then the person says who they are, and makes their shop. */
import type { Context } from "hono";
import { failed, ok, type Result } from "../../kernel/result";
import type { PersonId } from "../../kernel/ids";
import { originOfRequest } from "../../http/origin";
import { actorOfPerson, type SignedIn } from "../../http/person";
import { originOf } from "../../http/site";
import { directoryDb } from "../../platform/database";
import type { World } from "../../platform/world";
import { createPerson, findPersonByEmail } from "../people/service";
import type { NextPlace } from "../sessions/contract";
import { enterSession } from "../sessions/service";
import { createShop, slugProblem } from "../shops/service";
import type { NewShopRequest, SignUpRequest, SlugView } from "./contract";
import { accountThereLetter, proofLetter } from "./letters";
import { askByMail, finishProof, provedByMail } from "./proofs";
import { hashNewPassword } from "./service";
import { passwordWritten, proofsEnded } from "./store";

/** Sends a letter to sign up with; to an address that has an account, one that says so. The asker cannot tell which. */
export async function askToSignUp(c: Context, email: string): Promise<void> {
  const config = c.get("config");
  const person = await findPersonByEmail(directoryDb(c.env), email);
  await askByMail(c, {
    purpose: "sign_up", email, personId: person?.id ?? null,
    letter: person === null ? { proves: (secrets) => proofLetter(config, "sign_up", email, secrets) } : { tells: accountThereLetter(config, "sign_up", email) },
  });
}

/**
 * Makes the person whose address this browser proved, with their shop if they want one, and signs them in.
 * `wrong_proof` without a proved address; `invalid_input` for a password or a shop that cannot be: then nothing was made,
 * and the proof still serves.
 */
export async function finishSignUp(c: Context, wish: SignUpRequest): Promise<Result<NextPlace>> {
  const world: World = c.get("world");
  const proved = await provedByMail(c, "sign_up");
  if (!proved.ok) return proved;
  const { id: proofId, email } = proved.value;
  const problem = wish.shop === null ? null : await slugProblem(directoryDb(c.env), wish.shop.slug, world.clock());
  if (problem !== null) return failed({ kind: "invalid_input", message: problem, fields: [{ path: "shop.slug", message: problem }] });
  const near = [wish.name, email, wish.shop?.name ?? "", wish.shop?.slug ?? ""];
  const hash = wish.password === null ? ok(null) : await hashNewPassword(world, c.env, wish.password, near);
  if (!hash.ok) return hash;
  const finished = await finishProof(c, proofId);
  const person = finished.ok ? await createPerson(world, c.env, { email, name: wish.name, isVerified: true }) : finished;
  if (!person.ok) return person;
  await settle(c, person.value, hash.value);
  const { next } = await enterSession(c, person.value.id, { factor: "link", enter: undefined });
  const owner = { personId: person.value.id, name: wish.name, email, from: originOfRequest(c.req.raw) };
  const shop = wish.shop === null ? null : await openShop(c, owner, wish.shop);
  // A name that was taken in this very moment: the person is there and signed in, and their first page offers another try.
  return ok(shop !== null && shop.ok ? shop.value : { next });
}

/** Makes another shop of somebody who is signed in. Failures as of `createShop`. */
export async function openShop(
  c: Context, owner: Pick<SignedIn, "personId" | "name" | "email" | "from">, wish: NewShopRequest,
): Promise<Result<NextPlace>> {
  const shop = await createShop(c.get("world"), c.env, wish, owner.personId, actorOfPerson(owner));
  return shop.ok ? ok({ next: `${originOf(shop.value.slug, c.get("config"))}/` }) : shop;
}

/** The password, and the end of whatever else was asked for with that address. */
async function settle(c: Context, person: { readonly id: PersonId; readonly email: string }, hash: string | null): Promise<void> {
  const directory = directoryDb(c.env);
  await directory.batch([
    proofsEnded(directory, { personId: person.id, email: person.email }),
    ...(hash === null ? [] : [passwordWritten(directory, person.id, hash, (c.get("world") as World).clock())]),
  ]);
}

const ENDINGS = ["", "-shop", "-store", "-2", "-3"];
/** So that an ending still fits into the 40 characters of a name. */
const LONGEST_STEM = 34;

/** Whether a shop may have that address, and one close by that is free. */
export async function viewSlug(c: Context, typed: string): Promise<SlugView> {
  const directory = directoryDb(c.env);
  const now = (c.get("world") as World).clock();
  const problem = await slugProblem(directory, typed, now);
  if (problem === null) return { isFree: true, problem: null, suggestion: null };
  const stem = typed.normalize("NFKD").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").slice(0, LONGEST_STEM).replaceAll(/^-+|-+$/g, "");
  for (const ending of ENDINGS) {
    const suggestion = `${stem}${ending}`;
    if (suggestion !== typed && (await slugProblem(directory, suggestion, now)) === null) return { isFree: false, problem, suggestion };
  }
  return { isFree: false, problem, suggestion: null };
}
