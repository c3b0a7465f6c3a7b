/** What the settings page says. */
import type { PostingMode } from "../../../../src/features/sync/contract";
import type { Theme } from "../../ui/choices";

export const settingsWords = {
  auditLink: "Who did what, when and from where",
  title: "Settings",
  posting: "How days are posted",
  postingAbout: "This holds for days from now on. Days already read stay as they are until you post them.",
  save: "Save",
  saved: "Saved. It holds from the next day on.",
  needs: (roles: string) => `Only ${roles} can change how days are posted.`,
  look: "How Daybook looks",
  singleKeys: "The key “?” lists the keys",
  singleKeysHint: "Turn it off if you speak to your computer, or press keys by accident.",
  account: "You",
  switchShop: "Switch shop",
  signOut: "Sign out",
} as const;

export const modeWords: Record<PostingMode, { readonly name: string; readonly meaning: string }> = {
  preview: { name: "Preview only", meaning: "Every night the day is read and its entry is shown. Nothing can reach your books by itself; you can still post a single day." },
  approve: { name: "I approve each day", meaning: "Every night the entry is made ready. You look at it and press Post; until then it waits." },
  automatic: { name: "Automatic", meaning: "Every night the entry is posted as soon as the day has settled and ties to the cent. A day that does not is held and you are told." },
};

export const themeWords: Record<Theme, string> = { system: "As this device", light: "Paper (light)", dark: "Night (dark)" };
