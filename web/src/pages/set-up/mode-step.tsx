/** The last step: how the days after the first one get into the books. */
import { createSignal, Show, type JSX } from "solid-js";
import type { PostingMode } from "../../../../src/features/sync/contract";
import { addDays } from "../../../../src/kernel/day";
import { shopApi, type Trouble } from "../../api";
import { Act, Problem } from "../../ui/states";
import { createLookalikeCheck, LOOK_BACK_DAYS } from "../days/lookalikes";
import type { Facts } from "./page";

const words = {
  modeText: "The first day is in your books. How shall the next ones get there? Days before it are posted only if you ask for them under Days.",
  automatic: "Post every day automatically",
  approve: "I approve each day",
} as const;

/** Nothing is switched on before the books were looked through for what somebody else posts. */
export default function ModeStep(props: { facts: Facts }): JSX.Element {
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [isBusy, setBusy] = createSignal(false);
  const check = createLookalikeCheck();
  const automate = () => check.before({ from: addDays(props.facts.today, -LOOK_BACK_DAYS), to: props.facts.today }, () => choose("automatic"));
  const choose = async (mode: PostingMode) => {
    setBusy(true);
    const answer = await shopApi.setPosting({ mode });
    setTrouble(answer.ok ? undefined : answer.failure);
    await props.facts.reload();
    setBusy(false);
  };
  return (
    <>
      <p class="small">{words.modeText}</p>
      {check.dialog()}
      <p class="buttons">
        <Act permission="posting.manage" isPrimary isBusy={isBusy() || check.isBusy()} onPress={() => void automate()}>{words.automatic}</Act>
        <Act permission="posting.manage" isBusy={isBusy()} onPress={() => void choose("approve")}>{words.approve}</Act>
      </p>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
    </>
  );
}
