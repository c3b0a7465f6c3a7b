/** What a letter's link says before anybody presses anything. */
import type { Purpose } from "./letters";

export const linkPageWords = {
  broken: "This link is not whole",
  brokenNext: "Part of it was lost on the way. Open it from the letter again, or ask for another letter.",
  signIn: "Go to sign in",
  elsewhere: "Did you open the letter on another device or in another browser? Then type its six digits in the browser that asked for it. The link works only there, so that a letter in the wrong hands opens nothing.",
  signInFirst: "Sign in first",
  verified: "Your address is verified.",
  changed: "Your address is changed.",
} as const;

type LetterWords = { readonly title: string; readonly about: string; readonly press: string; readonly again: string };

export const purposeWords = {
  sign_in: { title: "Sign in to Daybook", about: "This signs you in, in this browser. Press the button if it was you who asked for the letter.", press: "Sign in", again: "/sign-in/link" },
  sign_up: { title: "Create your account", about: "This shows that the address is yours. Next you enter your name and your shop.", press: "Go on", again: "/sign-up" },
  verify: { title: "Verify your address", about: "This shows that the address of your account is yours.", press: "Verify my address", again: "/account" },
  change_address: { title: "Change your address", about: "From then on you sign in with this address, and letters go there.", press: "Change my address", again: "/account" },
  reset_password: { title: "Choose another password", about: "This lets you choose another password. Your old one holds until you have.", press: "Go on", again: "/reset" },
} as const satisfies Record<Purpose, LetterWords>;
