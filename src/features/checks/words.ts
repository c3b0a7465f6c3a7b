/** What owners and admins are told when the books can no longer take what is mapped to them. */
import type { Letter } from "../mail/service";
import type { Trouble } from "../mapping/service";

/** A letter to nobody yet. `url`: the shop's own host. At most ten troubles are named, the others counted. */
export function wordsOfTroubles(shop: { readonly name: string; readonly url: string }, troubles: readonly Trouble[]): Omit<Letter, "to"> {
  const named = troubles.slice(0, 10).map(({ sentence }) => sentence);
  const others = troubles.length - named.length;
  return {
    kind: "mapping_trouble",
    subject: `${shop.name}: your books can no longer take part of what is posted to them`,
    paragraphs: [
      ...named,
      ...(others > 0 ? [`And ${others} more.`] : []),
      "Until that is mended, days with such lines wait: nothing is posted to another place instead, and nothing that is posted changes.",
      "Choose another account for these lines, or make it active again in your books. The days that wait are then tried again by themselves.",
    ],
    button: { text: "Open the mapping", url: `${shop.url}/mapping` },
  };
}
