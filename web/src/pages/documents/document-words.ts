/** What the page of one document and its dialogs say. */
import type { MediaType } from "../../../../src/features/documents/contract";
import { mediaWords } from "./words";

export const documentWords = {
  title: "Document",
  all: "All documents",
  newer: "The newer one",
  older: "The older one",
  share: "Share…",
  download: "Download",
  replace: "Replace the file…",
  remove: "Remove…",
  describe: "Change details…",
  facts: "Details",
  made: "Daybook made this document; what it says of itself cannot be changed here.",
  fact: { kind: "Kind", about: "About", tags: "Tags", issued: "Issued", expires: "Expires", file: "File", content: "Content", filed: "Filed", changed: "Changed", kept: "Kept" },
  none: "–",
  viewer: "The document",
  larger: "Larger",
  smaller: "Smaller",
  whole: "Whole",
  zoom: (percent: number) => `${percent} %`,
  stage: "The photo, larger than its frame: scroll to see all of it",
  text: "The text of the document",
  cannotShow: (type: MediaType) => `This browser does not show ${mediaWords[type]} in a page.`,
  cannotShowNext: "Nothing is wrong with the document. Download it to open it with another program.",
  tooLargeToShow: "This PDF is too large to be shown in a page.",
  cut: "This is the beginning. Download it to see all of it.",
  unreachable: "The document did not arrive.",
  unreachableNext: "Nothing is wrong with it as far as we know. Check your connection and try again.",
} as const;

export const detailsWords = {
  title: "Change details",
  name: "Title",
  nameMissing: "Give it a title.",
  kind: "Kind",
  about: "About",
  subject: "Which",
  subjectHint: "The job’s name, the serial number, or the date as 2026-07-14.",
  subjectMissing: "Say which one, or choose the shop itself.",
  dateWrong: "Enter a date such as 2026-07-14.",
  tags: "Tags",
  tagsHint: "Up to twelve, with commas between them.",
  tooManyTags: "Twelve tags of at most 40 letters each are kept.",
  issuedOn: "Issued on",
  expiresOn: "Expires on",
  backwards: "It would expire before it is issued.",
  save: "Save",
  saved: "Details saved.",
  reload: "Show what is there now",
} as const;

export const replaceWords = {
  title: "Replace the file",
  about: "The title and everything else stay. Links that were given for the old content open nothing any more; give new ones afterwards.",
  choose: "Choose the new file…",
  sending: (part: number) => (part < 1 ? `On its way, ${Math.floor(part * 100)} %` : "Being checked…"),
  progress: "Progress of the new file",
  done: "The file is replaced.",
  tooLarge: "A file that replaces another can have 100 MB at most.",
  tooLargeNext: "Nothing was changed. File it as a document of its own, and remove this one.",
  unreadable: "This file could not be read from your device.",
  unreadableNext: "Nothing was changed. Choose it again.",
} as const;

export const removeWords = {
  title: (title: string) => `Remove “${title}”?`,
  about: "The document and every link to it are gone for good; what was done with it stays in the audit log. This cannot be undone.",
  word: "remove",
  label: (word: string) => `Type “${word}” to go on`,
  wrong: (word: string) => `Type “${word}”.`,
  now: "Remove it",
  done: (title: string) => `“${title}” is removed.`,
} as const;
