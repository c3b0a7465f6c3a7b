/** Notes a stop that somebody said on the phone or at the counter. It counts at once, everywhere. */
import type { JSX } from "solid-js";
import type { ContactView } from "../../../../src/features/contacts/contract";
import { dateIn, timeIn } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { createForm, FormBox, type FormProblem, type Values } from "../../ui/form";
import { newKey } from "../../ui/new-key";
import { useShop } from "../../ui/shop";
import { announce } from "../../ui/toast";
import { formWords } from "../../words";
import { addressesOf } from "./addresses";
import { consentApi } from "./consent-api";
import { Choice, Day, Said, Time } from "./consent-fields";
import { instantOf } from "./instants";
import { nameOf } from "./names";
import { stopWords as words } from "./words";

type Props = { contact: ContactView; onNoted: () => void; onClose: () => void };

const WAYS = ["staff", "call", "web_form"] as const;

/** What was said, where, and when: the evidence of the ledger. */
export default function StopDialog(props: Props): JSX.Element {
  const shop = useShop();
  const form = createForm();
  const now = Date.now();
  const zone = shop.view().zone;
  const key = newKey();
  const [address, ...also] = addressesOf(props.contact);
  const save = (value: Values) => {
    const note = value("note").trim();
    const saidAt = instantOf(value("date"), value("time"), zone, Date.now());
    const source = WAYS.find((way) => way === value("source")) ?? "staff";
    if (address === undefined) return;
    void form.send(problemsOf(note, saidAt), () => consentApi.stop({ key, address, also, source, note, saidAt: saidAt ?? 0 }), () => {
      announce(words.done);
      props.onNoted();
      props.onClose();
    });
  };
  return (
    <Dialog title={words.title(nameOf(props.contact))} onClose={() => props.onClose()}>
      <p>{words.about}</p>
      <FormBox form={form} submit={words.save} onSubmit={save} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Choice form={form} name="source" label={words.how} options={Object.entries(words.ways)} chosen="staff" />
        <Said form={form} label={words.words} hint={words.wordsHint} />
        <div class="fields two"><Day form={form} label={words.date} value={dateIn(zone, now)} /><Time form={form} label={words.time} value={timeIn(zone, now)} /></div>
      </FormBox>
    </Dialog>
  );
}

function problemsOf(said: string, at: number | null): FormProblem[] {
  return [...(said === "" ? [{ field: "note", text: words.noWords }] : []), ...(at === null ? [{ field: "date", text: words.noDate }] : [])];
}
