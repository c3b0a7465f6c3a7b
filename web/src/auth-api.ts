/**
 * Everything that is asked at `auth.`. There being signed out, half signed in or asked for a proof is an answer, not a way
 * to leave; what needs a fresh proof asks for it in a dialog (`proof.ts`) and goes on.
 */
import { hc } from "hono/client";
import type { AuthApi } from "../../src/app";
import type { EnterRequest } from "../../src/features/sessions/contract";
import type { MailProof, NewShopRequest, SignInRequest, SignUpRequest } from "../../src/features/sign-in/contract";
import { ask, clientOptions, type Answer, type AnyResponse, type Success } from "./ask";
import type { Made, Shown } from "./passkey";
import { withProof } from "./proof";

const auth = hc<AuthApi>("/", clientOptions).api;

type Enter = { readonly enter?: EnterRequest | undefined };

const tell = <R extends AnyResponse>(send: () => Promise<R>): Promise<Answer<Success<R>>> => ask(send, "tell");
const proved = <R extends AnyResponse>(send: () => Promise<R>): Promise<Answer<Success<R>>> => withProof(() => tell(send));
/** The client puts ids into a path as they are: encoded, they stay one segment. */
const passkeyAt = (id: string) => ({ param: { passkey: encodeURIComponent(id) } });
const passkey = auth.passkeys[":passkey"];
const link = auth["sign-in"].link;
const signUp = auth["sign-up"];
const second = auth["second-factor"];

/** Signing in and up, and what follows from a letter. */
export const entryApi = {
  signIn: (request: SignInRequest) => tell(() => auth["sign-in"].$post({ json: request })),
  askLink: (email: string, { enter }: Enter) => tell(() => link.$post({ json: { email, enter } })),
  proveLink: (proof: MailProof & Enter) => tell(() => link.prove.$post({ json: proof })),
  beginPasskey: () => tell(() => auth["sign-in"].passkey.begin.$post({ json: {} })),
  finishPasskey: (response: Shown, { enter }: Enter) => tell(() => auth["sign-in"].passkey.finish.$post({ json: { response, enter } })),
  signOut: () => tell(() => auth["sign-out"].$post({ json: {} })),
  askSignUp: (email: string) => tell(() => signUp.$post({ json: { email } })),
  proveSignUp: (proof: MailProof) => tell(() => signUp.prove.$post({ json: proof })),
  slug: (slug: string) => tell(() => signUp.slug.$get({ query: { slug } })),
  finishSignUp: (request: SignUpRequest) => tell(() => signUp.finish.$post({ json: request })),
  askReset: (email: string) => tell(() => auth.reset.$post({ json: { email } })),
  proveReset: (proof: MailProof) => tell(() => auth.reset.prove.$post({ json: proof })),
  finishReset: (password: string, endOthers: boolean) => tell(() => auth.reset.finish.$post({ json: { password, endOthers } })),
  lookInvitation: (token: string) => tell(() => auth.invitations.look.$post({ json: { token } })),
  acceptInvitation: (token: string) => tell(() => auth.invitations.accept.$post({ json: { token } })),
};

/** The second factor at sign-in, and proving once more who one is. */
export const proofApi = {
  secondFactor: () => tell(() => second.$get()),
  byTotp: (code: string, { enter }: Enter) => tell(() => second.totp.$post({ json: { code, enter } })),
  byRecovery: (code: string, { enter }: Enter) => tell(() => second.recovery.$post({ json: { code, enter } })),
  beginPasskey: () => tell(() => second.passkey.begin.$post({ json: {} })),
  finishPasskey: (response: Shown, { enter }: Enter) => tell(() => second.passkey.finish.$post({ json: { response, enter } })),
  byPassword: (password: string) => tell(() => auth.prove.password.$post({ json: { password } })),
};

const workShop = auth.work[":shop"];

/** What needs the person in all their shops. */
export const workApi = {
  work: () => tell(() => auth.work.$get()),
  retry: (shop: string) => tell(() => workShop.retry.$post({ param: { shop: encodeURIComponent(shop) }, json: {} })),
  post: (shop: string) => tell(() => workShop.post.$post({ param: { shop: encodeURIComponent(shop) }, json: {} })),
};

/** One's own account, factors and sessions. Ids are the server's. */
export const accountApi = {
  me: () => tell(() => auth.me.$get()),
  account: () => tell(() => auth.account.$get()),
  setName: (name: string) => tell(() => auth.account.name.$put({ json: { name } })),
  setPassword: (password: string, endOthers: boolean) => proved(() => auth.account.password.$put({ json: { password, endOthers } })),
  askEmail: (email: string) => proved(() => auth.account.email.$post({ json: { email } })),
  proveEmail: (proof: MailProof) => tell(() => auth.account.email.prove.$post({ json: proof })),
  askVerify: () => tell(() => auth.account.verify.$post({ json: {} })),
  proveVerify: (proof: MailProof) => tell(() => auth.account.verify.prove.$post({ json: proof })),
  factors: () => tell(() => auth.factors.$get()),
  beginTotp: () => proved(() => auth.totp.begin.$post({ json: {} })),
  confirmTotp: (code: string) => proved(() => auth.totp.confirm.$post({ json: { code } })),
  removeTotp: () => proved(() => auth.totp.remove.$post({ json: {} })),
  newRecoveryCodes: () => proved(() => auth["recovery-codes"].$post({ json: {} })),
  beginNewPasskey: () => proved(() => auth.passkeys.begin.$post({ json: {} })),
  finishNewPasskey: (name: string, response: Made) => proved(() => auth.passkeys.finish.$post({ json: { name, response } })),
  renamePasskey: (id: string, name: string) => tell(() => passkey.$put({ ...passkeyAt(id), json: { name } })),
  removePasskey: (id: string) => proved(() => passkey.remove.$post({ ...passkeyAt(id), json: {} })),
  sessions: () => tell(() => auth.sessions.$get()),
  endSession: (id: string) => tell(() => auth.sessions[":session"].end.$post({ param: { session: encodeURIComponent(id) }, json: {} })),
  endOtherSessions: () => tell(() => auth.sessions["end-others"].$post({ json: {} })),
  addShop: (shop: NewShopRequest) => tell(() => auth.shops.$post({ json: shop })),
  addOrganisation: (name: string, slug: string) => proved(() => auth.organisations.$post({ json: { name, slug } })),
};
