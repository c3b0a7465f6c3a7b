/** Closes a period of Daybook's own journal, or opens it again. */
import { createSignal, createUniqueId, Show, type JSX } from "solid-js";
import type { ConnectionView } from "../../../../src/features/connections/contract";
import { addDays, parseBusinessDate, type BusinessDate } from "../../../../src/kernel/day";
import { shopApi, type Trouble } from "../../api";
import { dateIn, plainDate } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { useShop } from "../../ui/shop";
import { Problem } from "../../ui/states";
import { announce } from "../../ui/toast";

const words = {
  title: "Close a period of the journal",
  about: "No entry is written on the last day or before it from then on. What stands there stays as it is. You can open it again; both are written into the audit log.",
  through: "Closed through",
  noDate: "Enter a date.",
  notOver: "Only days that are over can be closed.",
  close: "Close", open: "Open it all again", cancel: "Cancel",
  closed: (date: string) => `The journal is closed through ${date}.`,
  opened: "The journal is open again.",
} as const;

type Props = { connection: ConnectionView; onClose: () => void; onSaved: () => void };

/** Stays open while anything is wrong. */
export default function ClosingDialog(props: Props): JSX.Element {
  const shop = useShop();
  const field = createUniqueId();
  const yesterday = addDays(dateIn(shop.view().zone, Date.now()) as BusinessDate, -1);
  const [date, setDate] = createSignal(props.connection.closedThrough ?? yesterday);
  const [problem, setProblem] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const send = async (through: string | null) => {
    if (isBusy()) return;
    setBusy(true);
    const answer = await shopApi.closePeriod(props.connection.id, through);
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (!answer.ok) return;
    announce(through === null ? words.opened : words.closed(plainDate(through)));
    props.onSaved();
    props.onClose();
  };
  const save = () => {
    const through = parseBusinessDate(date());
    const found = through === null ? words.noDate : through > yesterday ? words.notOver : undefined;
    setProblem(found);
    if (found === undefined) void send(through);
  };
  return (
    <Dialog title={words.title} onClose={() => props.onClose()}>
      <form method="dialog" noValidate onSubmit={(event) => { event.preventDefault(); save(); }}>
        <p>{words.about}</p>
        <div class="field">
          <label for={field}>{words.through}</label>
          <p class="wrong" id={`${field}-wrong`} role="alert">{problem() ?? ""}</p>
          <input id={field} type="date" value={date()} max={yesterday} aria-invalid={problem() === undefined ? undefined : "true"} aria-describedby={`${field}-wrong`} onInput={(event) => setDate(event.currentTarget.value)} />
        </div>
        <Show when={trouble()}>{(trouble) => <Problem trouble={trouble()} />}</Show>
        <div class="dialog-actions">
          <Show when={props.connection.closedThrough !== null}><button type="button" class="button apart" onClick={() => void send(null)}>{words.open}</button></Show>
          <button type="button" class="button" onClick={() => props.onClose()}>{words.cancel}</button>
          <button type="submit" class="button primary" aria-disabled={isBusy() ? "true" : undefined}>{words.close}</button>
        </div>
      </form>
    </Dialog>
  );
}
