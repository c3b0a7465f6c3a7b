/** What the usual way of posting does not do, where the books have another: said before the first day is posted. */
import { Show, type JSX } from "solid-js";
import { shopApi } from "../../api";
import { createLive } from "../../ui/live";

const words = {
  method: "Days are posted as journal entries. A journal entry does not show in QuickBooks’ Sales Tax Center: if you file sales tax from there, choose sales receipts first.",
  toSettings: "How days are posted",
} as const;

/** Nothing where the books take journal entries only, or where receipts were chosen already. */
export default function MethodNote(): JSX.Element {
  const posting = createLive({ key: () => "posting", ask: shopApi.posting });
  const isChoice = () => posting.value()?.method === "journal" && (posting.value()?.methods.length ?? 1) > 1;
  return <Show when={isChoice()}><p class="small">{words.method} <a href="/settings">{words.toSettings}</a></p></Show>;
}
