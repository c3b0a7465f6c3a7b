/** What each choice about posting means, in one sentence. */
import type { PostingRule } from "../../../../src/features/sync/contract";

export type Choice<Value extends string> = { readonly value: Value; readonly name: string; readonly meaning: string };
type Choices<Setting extends keyof PostingRule> = { readonly legend: string; readonly choices: readonly Choice<Extract<PostingRule[Setting], string>>[] };

export const modeChoices: Choices<"mode"> = {
  legend: "When a day has closed",
  choices: [
    { value: "preview", name: "Preview only", meaning: "Every night the day is read and its entry is shown. Nothing can reach your books by itself; you can still post a single day." },
    { value: "approve", name: "I approve each day", meaning: "Every night the entry is made ready. You look at it and press Post; until then it waits." },
    { value: "automatic", name: "Automatic", meaning: "Every night the entry is posted as soon as the day has settled and ties to the cent. A day that does not is held and you are told." },
  ],
};

export const unknownLineChoices: Choices<"unknownLines"> = {
  legend: "A line without an account",
  choices: [
    { value: "hold", name: "Hold the day", meaning: "A new category or tender stops its day until you choose where it goes. Nothing is ever in the wrong place." },
    { value: "uncategorized", name: "Post to Uncategorized sales", meaning: "The day is posted with the line under Uncategorized sales, and moved to its account once you choose one. A line that is no sale still holds the day." },
  ],
};

export const openCheckChoices: Choices<"openChecks"> = {
  legend: "Checks that are still open",
  choices: [
    { value: "hold", name: "Hold the day", meaning: "The day waits until every check of it is paid or closed at the till." },
    { value: "post", name: "Post without them", meaning: "The day is posted with what was paid. What is paid later belongs to the day on which it is paid." },
  ],
};

export const correctionChoices: Choices<"corrections"> = {
  legend: "A day that changes after it was posted",
  choices: [
    { value: "delta", name: "Post the difference", meaning: "A second, small entry brings the books to the new total. What was matched with your bank stays matched." },
    { value: "reverse", name: "Take back and post anew", meaning: "The entry is reversed in full and the day is posted again, so that each entry reads like the till." },
  ],
};

export const methodChoices: Choices<"method"> = {
  legend: "As what a day stands in the books",
  choices: [
    { value: "journal", name: "Journal entry", meaning: "One entry with every debit and credit. A journal entry does not show in QuickBooks’ Sales Tax Center: choose it if you file sales tax from your own figures." },
    { value: "receipt", name: "Sales receipt", meaning: "One receipt with a line for each line of the entry, through a service item of each account. Tax that you map to QuickBooks’ own sales tax account shows in its Sales Tax Center. A day that gives back more tax than it took cannot be one: it stops and says so." },
  ],
};

export const postingWords = {
  about: "This holds for days from now on. Days already read stay as they are until you post them, and history is never posted unless you ask for it.",
  toMapping: "Choose the account of Uncategorized sales",
  least: (currency: string) => `Smallest change that is posted, in ${currency}`,
  leastAbout: "A later change below it is written down and not posted. 0.00 posts every cent.",
  leastWrong: "Enter an amount from 0.00 to 1,000.00.",
  saveAll: "Save",
  unchanged: "Nothing has changed yet.",
  approvers: (roles: string) => `A day is approved by ${roles}.`,
} as const;
