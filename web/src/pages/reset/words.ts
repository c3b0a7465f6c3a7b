/** What choosing another password says. */
export const resetWords = {
  title: "Choose another password",
  about: "We send a letter to your address. It lets you choose another password; it does not sign you in.",
  email: "Email",
  submit: "Send me a letter",
  signIn: "Back to sign in",
  sentTitle: "We sent a letter",
  sent: (email: string) => `If ${email} has an account, its letter is on the way. Type its code here, or open its link in this browser.`,
  prove: "Go on",
  newTitle: "Your new password",
  newAbout: "A second factor, if you have one, is asked for as before.",
  password: "New password",
  endOthers: "Sign me out everywhere else",
  save: "Save the password",
  doneTitle: "Your password is changed",
  done: "Sign in with it now. We told your address about the change.",
} as const;
