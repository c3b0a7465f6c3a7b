/** Words of signing in and of new shops that more than one page says. A shop's own pages load none of them. */

/** About letters with a code in them. */
export const letterWords = {
  code: "Code of six digits",
  codeHint: "It is in the letter, and serves for ten minutes in this browser.",
  codeMissing: "Enter the six digits of the letter.",
  nothingCame: "Nothing came? Look among the unwanted mail, or",
  resend: "send another letter",
  wait: "Give the letter a moment. You can ask for another one in 20 seconds.",
  sentAgain: "Another letter is on its way. The code of the first one no longer works.",
} as const;

/** What a browser's passkey dialog can end with: what happened, and what to do. */
export const passkeyWords = {
  stopped: ["No passkey was used.", "The browser’s question was closed or ran out. Try again, or choose another way."],
  alreadyThere: ["This device already has a passkey for you.", "Use that one, or add one on another device."],
  broken: ["The passkey could not be used.", "Try again, or choose another way."],
} as const;

export const passwordWords = {
  show: "Show",
  hide: "Hide",
  missing: (more: number) => `${more} more ${more === 1 ? "character" : "characters"}`,
  good: "Good",
  strong: "Strong",
  veryStrong: "Very strong",
  tooShort: "Choose at least 12 characters.",
  hint: "12 characters or more. Several words in a row are good: length is what counts.",
} as const;

/** A new shop's fields. */
export const shopFieldWords = {
  name: "Name of the shop",
  nameMissing: "Enter the shop’s name.",
  slug: "Its address",
  slugMissing: "Choose an address of two letters or more.",
  slugHint: (slug: string, domain: string) => `The shop’s books open at ${slug}.${domain}`,
  example: "your-shop",
  free: "This address is free.",
  use: (slug: string) => `Use ${slug}`,
  guessed: (zone: string, currency: string) => `Time of ${zone.replaceAll("_", " ")}, money in ${currency}. Change`,
  zone: "Time zone",
  currency: "Currency",
  currencyName: (code: string) => `${code}, ${new Intl.DisplayNames("en", { type: "currency" }).of(code) ?? code}`,
} as const;

/** Showing a second factor. */
export const factorWords = {
  passkey: "Use a passkey",
  or: "or with your app",
  code: "Code of your authenticator app",
  codeHint: "Six digits, a new one every 30 seconds.",
  codeMissing: "Enter the six digits that the app shows.",
  recovery: "Use a recovery code",
  notRecovery: "Not with a recovery code",
  recoveryCode: "Recovery code",
  recoveryHint: "One of the ten that you kept. Each works once.",
  recoveryMissing: "Enter one of your recovery codes.",
  submit: "Confirm",
} as const;

/** Asking for a fresh proof. */
export const proveWords = {
  title: "Please confirm that it is you",
  about: "This changes who can sign in as you or what they may do, so we ask once more. It holds for ten minutes.",
  password: "Password",
  passwordOf: (email: string) => `Of ${email}`,
  passwordMissing: "Enter your password.",
  submit: "Confirm",
  noPassword: (email: string) => `You sign in without a password, so we send a code to ${email}.`,
  send: "Send me a code",
  sent: (email: string) => `Type the code of the letter to ${email}.`,
} as const;
