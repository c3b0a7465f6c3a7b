/** What signing in says. Nobody learns here whether an address is known. */
export const signInWords = {
  title: "Sign in",
  passkey: "Sign in with a passkey",
  or: "or with your password",
  email: "Email",
  password: "Password",
  passwordMissing: "Enter your password.",
  submit: "Sign in",
  busy: "Signing in…",
  link: "Email me a link instead",
  forgot: "Forgot it?",
  noAccount: "New here?",
  signUp: "Create an account",
} as const;

export const linkWords = {
  title: "Sign in by letter",
  about: "We send a letter with a link and a code to your address. Either signs you in.",
  submit: "Send me a letter",
  sentTitle: "We sent a letter",
  sent: (email: string) => `If ${email} has an account, its letter is on the way. Open its link in this browser, or type its code here.`,
  prove: "Sign in",
  other: "Use another address",
  password: "Use a password instead",
} as const;
