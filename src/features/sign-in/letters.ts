/** The words of letters that hold a link and a code, and of those that only say how things stand. */
import { originOf } from "../../http/site";
import type { Config } from "../../platform/env";
import type { Letter } from "../mail/service";
import type { ProofPurpose } from "./store";

/** What a letter proves: the part after the purpose in the link's fragment, and six digits. */
export type LetterSecrets = { readonly token: string; readonly code: string };

type Site = Pick<Config, "domain" | "scheme">;

type Words = { readonly subject: string; readonly sentence: string; readonly button: string };

const WORDS: Readonly<Record<ProofPurpose, Words>> = {
  sign_in: { subject: "Sign in to Daybook", sentence: "Somebody, hopefully you, asked to sign in to Daybook with this address.", button: "Sign in" },
  sign_up: { subject: "Confirm your address for Daybook", sentence: "Somebody, hopefully you, is signing up to Daybook with this address.", button: "Confirm the address" },
  verify: { subject: "Confirm your address for Daybook", sentence: "Please confirm that this address is yours.", button: "Confirm the address" },
  change_address: { subject: "Confirm your new address for Daybook", sentence: "Somebody, hopefully you, wants to use this address for their Daybook account from now on.", button: "Confirm the address" },
  reset_password: { subject: "Choose a new password for Daybook", sentence: "Somebody, hopefully you, asked to choose a new password for Daybook.", button: "Choose a new password" },
};

const HOW_TO = "Open the link in the browser where you asked for it, or type the code there. Both work once, for ten minutes. Nobody at Daybook will ever ask you for the code.";
const NOT_YOU = "If it was not you, there is nothing to do: without this letter nothing happens.";

/** The letter that proves an address. The link does nothing until a person presses a button behind it. */
export function proofLetter(site: Site, purpose: ProofPurpose, to: string, { token, code }: LetterSecrets): Letter {
  const { subject, sentence, button } = WORDS[purpose];
  const url = `${originOf("auth", site)}/link#${purpose}.${token}`;
  return { kind: purpose, to, subject, paragraphs: [sentence, HOW_TO, NOT_YOU], button: { text: button, url }, code };
}

/** To an address that nobody has, when somebody wants to sign in or reset with it. */
export function noAccountLetter(site: Site, purpose: ProofPurpose, to: string): Letter {
  return {
    kind: purpose, to, subject: "There is no Daybook account with this address",
    paragraphs: [
      "Somebody, hopefully you, wanted to sign in to Daybook with this address, but there is no account that can be used with it.",
      "If you have an account, it has another address. If you do not, you can sign up.", NOT_YOU,
    ],
    button: { text: "Sign up", url: `${originOf("auth", site)}/sign-up` },
  };
}

/** To an address that somebody has, when it is used to sign up again. */
export function accountThereLetter(site: Site, purpose: ProofPurpose, to: string): Letter {
  return {
    kind: purpose, to, subject: "You already have a Daybook account",
    paragraphs: [
      "Somebody, hopefully you, wanted to sign up to Daybook with this address. There is an account with it already.",
      "Sign in instead. If you do not know your password, ask for a link there.", NOT_YOU,
    ],
    button: { text: "Sign in", url: `${originOf("auth", site)}/sign-in` },
  };
}

/** To an address that somebody has, when somebody else wants to change theirs to it. */
export function addressTakenLetter(site: Site, purpose: ProofPurpose, to: string): Letter {
  return {
    kind: purpose, to, subject: "This address already has a Daybook account",
    paragraphs: [
      "Somebody, hopefully you, wanted to change the address of their Daybook account to this one. There is another account with it already, so nothing was changed.",
      "To use it, sign in to that account.", NOT_YOU,
    ],
    button: { text: "Sign in", url: `${originOf("auth", site)}/sign-in` },
  };
}
