/** A file that waits: what it came to, why it waits, and the two ways on. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { DropView, FilesView } from "../../../../src/features/files/contract";
import type { Answer, Trouble } from "../../api";
import { plainDate } from "../../ui/dates";
import { exactAmount } from "../../ui/format";
import { Act, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { CameTo } from "./came-to";
import { filesApi } from "./files-api";
import { filesWords as words } from "./words";

type Props = { drop: DropView; view: FilesView; onChanged: () => void };

/** Stays until somebody decides. */
export function WaitingDrop(props: Props): JSX.Element {
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const decide = async (asking: Promise<Answer<object>>, said: string) => {
    setBusy(true);
    const answer = await asking;
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) announce(said);
    props.onChanged();
  };
  const { id, name, summary } = props.drop;
  const take = () => void decide(filesApi.take(id), words.takenNow(name));
  const dismiss = () => void decide(filesApi.dismiss(id), words.dismissedNow(name));
  return (
    <article class="card">
      <h3 class="file">{name}<small>{words.facts(props.drop)}</small></h3>
      <p class="small">{words.span(plainDate(summary.firstDate ?? ""), plainDate(summary.lastDate ?? ""))}. {words.datesRead(summary.dates)}</p>
      <CameTo drop={props.drop} />
      <Show when={summary.smallerCount > 0}><Smaller drop={props.drop} view={props.view} /></Show>
      <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
      <p class="buttons">
        <Act permission="days.work" isPrimary isBusy={isBusy()} onPress={take}>{summary.badCount > 0 ? words.takeRest : words.take}<span class="unseen">: {name}</span></Act>
        <Act permission="days.work" isBusy={isBusy()} onPress={dismiss}>{words.dismiss}<span class="unseen">: {name}</span></Act>
      </p>
    </article>
  );
}

function Smaller(props: Pick<Props, "drop" | "view">): JSX.Element {
  const { smaller, smallerCount, currency } = props.drop.summary;
  const nameOf = (id: string) => props.view.locations.find((location) => location.id === id)?.name ?? "";
  return (
    <div class="notice" data-tone="held">
      <h2>{words.smallerTitle(smallerCount)}</h2>
      <p>{words.smallerNext}</p>
      <ul><For each={smaller}>{(day) => <li>{words.smaller(nameOf(day.locationId), plainDate(day.date), exactAmount(day.beforeMinor, currency), exactAmount(day.afterMinor, currency))}</li>}</For></ul>
    </div>
  );
}
