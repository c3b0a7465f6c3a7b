/** What one's shops and organisations say. */
export const shopsWords = {
  title: "Your shops",
  refused: (site: string) => `“${site}” is not one of yours`,
  refusedAbout: (email: string) => `You are signed in as ${email}. Ask its owner to add you, or sign in as somebody else.`,
  none: (email: string) => `You do not belong to a shop yet. Add your own, or ask a shop’s owner to invite ${email}.`,
  youAre: (role: string) => `You are ${role}`,
  organisations: "Organisations",
  work: "What needs you in all of them",
  addShop: "Add a shop",
  addOrganisation: "Create an organisation",
  account: "Account",
  security: "Security",
  signOut: "Sign out",
  unverified: "Your address is not verified yet.",
  verify: "Verify it",
} as const;

export const newShopWords = {
  title: "Add a shop",
  about: "You become its owner. Its books and people are kept apart from your other shops.",
  submit: "Create the shop",
  back: "Back",
} as const;

export const newOrganisationWords = {
  title: "Create an organisation",
  about: "For several shops seen together. A shop joins when both sides agree, and can leave at any time.",
  name: "Name of the organisation",
  nameMissing: "Enter the organisation’s name.",
  slug: "Its address",
  slugHint: (slug: string, domain: string) => `It opens at hq-${slug}.${domain}`,
  example: "your-group",
  slugMissing: "Choose an address of two letters or more.",
  submit: "Create the organisation",
} as const;
