/** Notes a stop that somebody said on the phone or at the counter. It counts at once, everywhere. */
import type { JSX } from "solid-js";
import type { ContactView } from "../../../../src/features/contacts/contract";
import { dateIn, timeIn } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { createForm, FormBox, type FormProblem, type Values } from "../../ui/form";
import { useShop } from "../../ui/shop";
import { announce } from "../../ui/toast";
import { formWords } from "../../words";
import { consentApi, type StopWay } from "./consent-api";
import { Choice, Day, Said, Time } from "./consent-fields";
import { instantOf } from "./instants";
import { nameOf } from "./names";
import { stopWords as words } from "./words";

type Props = { contact: ContactView; onNoted: () => void; onClose: () => void };

/** What was said, where, and when: the evidence of the ledger. */
export default function StopDialog(props: Props): JSX.Element {
  const shop = useShop();
  const form = createForm();
  const now = Date.now();
  const zone = shop.view().zone;
  const { id } = props.contact;
  const save = (value: Values) => {
    const said = value("words").trim();
    const at = instantOf(value("date"), value("time"), zone, Date.now());
    void form.send(problemsOf(said, at), () => consentApi.stop(id, { source: value("source") as StopWay, words: said, saidAt: at ?? 0 }), () => {
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
  return [...(said === "" ? [{ field: "words", text: words.noWords }] : []), ...(at === null ? [{ field: "date", text: words.noDate }] : [])];
}
