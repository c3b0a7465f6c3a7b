/** What the settings page says. */
import type { Theme } from "../../ui/choices";

export const settingsWords = {
  auditLink: "Who did what, when and from where",
  title: "Settings",
  textingAbout: "The number that the shop texts from, what it writes often, and what people said of being written to.",
  texting: "Texting",
  number: "The number",
  templates: "Templates",
  consent: "Consent and stops",
  posting: "How days are posted",
  saved: "Saved. It holds from the next day on.",
  needs: (roles: string) => `Only ${roles} can change how days are posted.`,
  look: "How Daybook looks",
  singleKeys: "The key “?” lists the keys",
  singleKeysHint: "Turn it off if you speak to your computer, or press keys by accident.",
  account: "You",
  switchShop: "Switch shop",
  signOut: "Sign out",
} as const;

export const themeWords: Record<Theme, string> = { system: "As this device", light: "Paper (light)", dark: "Night (dark)" };
