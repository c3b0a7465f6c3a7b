/** What an invitation says. */
export const invitationWords = {
  looking: "Your invitation",
  title: (to: string) => `You are invited to ${to}`,
  about: (invitedBy: string, role: string, email: string) => `${invitedBy} invites ${email} to be ${role} there.`,
  accept: "Accept the invitation",
  notNow: "Not now",
  signInFirst: (email: string) => `Sign in as ${email}, or create an account with that address.`,
  signIn: "Sign in",
  signUp: "Create an account",
  other: (now: string, email: string) => `You are signed in as ${now}. The invitation is for ${email}: sign in as that to accept it.`,
  change: "Sign in as somebody else",
  overTitle: "This invitation is over",
  over: "It was taken back, used, or it ran out after seven days. Ask whoever sent it for another one.",
  shops: "Your shops",
} as const;
