/** What adding a location by hand says. */
export const addLocationWords = {
  title: "Add a location",
  open: "Add a location…",
  name: "Name",
  nameHint: "As your export files call it, where they name places.",
  nameMissing: "Give it a name.",
  zone: "Time zone",
  add: "Add it",
  cancel: "Cancel",
  toFiles: "Drop files",
  added: (name: string) => `${name} is added. Choose its first day to keep it.`,
} as const;
