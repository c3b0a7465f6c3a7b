/** Notes how somebody agreed to be written to: by which way, in which words, when. */
import type { JSX } from "solid-js";
import type { ContactView } from "../../../../src/features/contacts/contract";
import { dateIn } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { createForm, FormBox, type FormProblem, type Values } from "../../ui/form";
import { newKey } from "../../ui/new-key";
import { useShop } from "../../ui/shop";
import { announce } from "../../ui/toast";
import { formWords } from "../../words";
import { addressesOf } from "./addresses";
import { consentApi } from "./consent-api";
import { channelWords } from "./consent-words";
import { Choice, Day, Said } from "./consent-fields";
import { instantOf } from "./instants";
import { agreeWords as words } from "./words";

type Props = { contact: ContactView; onNoted: () => void; onClose: () => void };

const WAYS = ["web_form", "call", "staff"] as const;

/** It ends no stop, and says so. */
export default function AgreeDialog(props: Props): JSX.Element {
  const shop = useShop();
  const form = createForm();
  const key = newKey();
  const { phoneText, email, consent } = props.contact;
  const addresses = addressesOf(props.contact);
  const options = addresses.map(({ channel }) => [channel, `${channelWords[channel]}: ${(channel === "text" ? phoneText : email) ?? ""}`] as const);
  const first = (addresses.find(({ channel }) => consent[channel]?.state === "none") ?? addresses[0])?.channel ?? "text";
  const save = (value: Values) => {
    const note = value("note").trim();
    const saidAt = instantOf(value("date"), null, shop.view().zone, Date.now());
    const address = addresses.find(({ channel }) => channel === value("channel"));
    const source = WAYS.find((way) => way === value("source")) ?? "staff";
    if (address === undefined) return;
    void form.send(problemsOf(note, saidAt), () => consentApi.agree({ key, address, source, note, saidAt: saidAt ?? 0 }), () => {
      announce(words.done);
      props.onNoted();
      props.onClose();
    });
  };
  return (
    <Dialog title={words.title} onClose={() => props.onClose()}>
      <p>{words.about}</p>
      <FormBox form={form} submit={words.save} onSubmit={save} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Choice form={form} name="channel" label={words.address} options={options} chosen={first} />
        <Choice form={form} name="source" label={words.how} options={Object.entries(words.ways)} chosen="staff" />
        <Said form={form} label={words.words} hint={words.wordsHint} />
        <Day form={form} label={words.when} value={dateIn(shop.view().zone, Date.now())} />
        <p class="small">{words.endsNoStop}</p>
      </FormBox>
    </Dialog>
  );
}

function problemsOf(said: string, at: number | null): FormProblem[] {
  return [...(said === "" ? [{ field: "note", text: words.noWords }] : []), ...(at === null ? [{ field: "date", text: words.noDate }] : [])];
}
