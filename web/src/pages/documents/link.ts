/** Signed links for whoever is here: to look at a document, or to keep it. Each works for some minutes and is written down when used. */
import type { Trouble } from "../../ask";
import { documentsApi } from "./documents-api";

/** Saves the document to this device; what stood in the way, where something did. */
export async function saveLink(id: string): Promise<Trouble | undefined> {
  const answer = await documentsApi.link(id, "attachment");
  if (!answer.ok) return answer.failure;
  // In a tab of its own, which closes by itself: this page is not left, whatever is being filed on it.
  const link = Object.assign(document.createElement("a"), { href: answer.value.url, target: "_blank", rel: "noopener" });
  link.click();
  return undefined;
}
