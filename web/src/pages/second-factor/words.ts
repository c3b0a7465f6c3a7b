/** What the second step of signing in says. */
export const secondFactorWords = {
  title: "One more step",
  about: "Show the second factor of your account.",
  forSite: (site: string) => `${site} asks for a second factor.`,
  none: (site: string) => `${site} asks everybody for a second factor`,
  noneAbout: "You have none yet. Set up an authenticator app or a passkey: it takes about a minute, and then you go on.",
  noneAlone: "You have no second factor",
  setUp: "Set one up",
  goOn: "Go on",
  has: "Nothing more is needed",
  signOut: "Sign in as somebody else",
} as const;
