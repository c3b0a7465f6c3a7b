/**
 * Everything that is asked at `auth.`. There being signed out, half signed in or asked for a proof is an answer, not a way
 * to leave; what needs a fresh proof asks for it in a dialog (`proof.ts`) and goes on.
 */
import type { ClientResponse } from "hono/client";
import type { FactorsView, NewCodes, PasskeyCreation, PasskeyRequest, SecondFactorView, TotpBegun } from "../../src/features/factors/contract";
import type { EnterRequest, MeView, NextPlace, SessionsView } from "../../src/features/sessions/contract";
import type { AccountView, MailProof, NewShopRequest, SignInRequest, SignUpRequest, SlugView } from "../../src/features/sign-in/contract";
import type { InvitationLook } from "../../src/features/team/contract";
import { ask, clientOptions, type Answer } from "./ask";
import type { Made, Shown } from "./passkey";
import { withProof } from "./proof";

type Nothing = Record<string, never>;
type Enter = { readonly enter?: EnterRequest | undefined };

const call = <T extends object>(method: "GET" | "POST" | "PUT", path: string, json?: object): Promise<Answer<T>> => {
  const body = json === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(json) };
  return ask(async () => (await clientOptions.fetch(`/api${path}`, { method, ...body })) as unknown as ClientResponse<T, 200, "json">, "tell");
};
const read = <T extends object>(path: string) => call<T>("GET", path);
const post = <T extends object = Nothing>(path: string, json: object = {}) => call<T>("POST", path, json);
const put = <T extends object = Nothing>(path: string, json: object) => call<T>("PUT", path, json);

/** Signing in and up, and what follows from a letter. */
export const entryApi = {
  signIn: (request: SignInRequest) => post<NextPlace>("/sign-in", request),
  askLink: (email: string, { enter }: Enter) => post("/sign-in/link", { email, enter }),
  proveLink: (proof: MailProof & Enter) => post<NextPlace>("/sign-in/link/prove", proof),
  beginPasskey: () => post<{ options: PasskeyRequest }>("/sign-in/passkey/begin"),
  finishPasskey: (response: Shown, { enter }: Enter) => post<NextPlace>("/sign-in/passkey/finish", { response, enter }),
  signOut: () => post("/sign-out"),
  askSignUp: (email: string) => post("/sign-up", { email }),
  proveSignUp: (proof: MailProof) => post<{ email: string }>("/sign-up/prove", proof),
  slug: (slug: string) => read<SlugView>(`/sign-up/slug?slug=${encodeURIComponent(slug)}`),
  finishSignUp: (request: SignUpRequest) => post<NextPlace>("/sign-up/finish", request),
  askReset: (email: string) => post("/reset", { email }),
  proveReset: (proof: MailProof) => post("/reset/prove", proof),
  finishReset: (password: string, endOthers: boolean) => post("/reset/finish", { password, endOthers }),
  lookInvitation: (token: string) => post<InvitationLook>("/invitations/look", { token }),
  acceptInvitation: (token: string) => post<NextPlace>("/invitations/accept", { token }),
};

/** The second factor at sign-in, and proving once more who one is. */
export const proofApi = {
  secondFactor: () => read<SecondFactorView>("/second-factor"),
  byTotp: (code: string, { enter }: Enter) => post<NextPlace>("/second-factor/totp", { code, enter }),
  byRecovery: (code: string, { enter }: Enter) => post<NextPlace>("/second-factor/recovery", { code, enter }),
  beginPasskey: () => post<{ options: PasskeyRequest }>("/second-factor/passkey/begin"),
  finishPasskey: (response: Shown, { enter }: Enter) => post<NextPlace>("/second-factor/passkey/finish", { response, enter }),
  byPassword: (password: string) => post("/prove/password", { password }),
};

const passkeyAt = (id: string) => `/passkeys/${encodeURIComponent(id)}`;

/** One's own account, factors and sessions. Ids are the server's. */
export const accountApi = {
  me: () => read<MeView>("/me"),
  account: () => read<AccountView>("/account"),
  setName: (name: string) => put("/account/name", { name }),
  setPassword: (password: string, endOthers: boolean) => withProof(() => put("/account/password", { password, endOthers })),
  askEmail: (email: string) => withProof(() => post("/account/email", { email })),
  proveEmail: (proof: MailProof) => post("/account/email/prove", proof),
  askVerify: () => post("/account/verify"),
  proveVerify: (proof: MailProof) => post("/account/verify/prove", proof),
  factors: () => read<FactorsView>("/factors"),
  beginTotp: () => withProof(() => post<TotpBegun>("/totp/begin")),
  confirmTotp: (code: string) => withProof(() => post<NewCodes>("/totp/confirm", { code })),
  removeTotp: () => withProof(() => post("/totp/remove")),
  newRecoveryCodes: () => withProof(() => post<{ codes: string[] }>("/recovery-codes")),
  beginNewPasskey: () => withProof(() => post<{ options: PasskeyCreation }>("/passkeys/begin")),
  finishNewPasskey: (name: string, response: Made) => withProof(() => post<NewCodes>("/passkeys/finish", { name, response })),
  renamePasskey: (id: string, name: string) => put(passkeyAt(id), { name }),
  removePasskey: (id: string) => withProof(() => post(`${passkeyAt(id)}/remove`)),
  sessions: () => read<SessionsView>("/sessions"),
  endSession: (id: string) => post(`/sessions/${encodeURIComponent(id)}/end`),
  endOtherSessions: () => post("/sessions/end-others"),
  addShop: (shop: NewShopRequest) => post<NextPlace>("/shops", shop),
  addOrganisation: (name: string, slug: string) => withProof(() => post<NextPlace>("/organisations", { name, slug })),
};
