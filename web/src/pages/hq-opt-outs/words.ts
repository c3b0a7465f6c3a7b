/** What the organisation's page of stops says; the rule and its date come from the server. */
export const hqOptOutWords = {
  title: "Stops",
  about: "Whether a stop that is said to one of your shops counts at all of them.",
  on: "A stop at one shop counts at all",
  off: "Each shop’s stops are its own",
  turnOn: "Share stops among all shops…",
  turnOff: "Share no more…",
  onTitle: "Share stops among all shops?",
  onAbout: "Every stop that stands at one shop is made to stand at every other, now and from now on. Whoever said stop to one of them gets no text, email or list from any. No shop can undo it for them: they come back themselves, by texting START to that shop’s number. Every shop’s record says that the stop came by the organisation.",
  onNow: "Share them",
  offTitle: "Share stops no more?",
  offAbout: "From now on a stop counts at the shop where it is said. What was shared until now stays at every shop: switching off lifts no stop.",
  offNow: "Share no more",
  turnedOn: "Stops are shared. It takes some minutes until all stand at every shop.",
  turnedOff: "Stops are shared no more. Those that stand go on to stand.",
} as const;
