/** Notes how somebody agreed to be written to: by which way, in which words, when. */
import type { JSX } from "solid-js";
import type { ContactView } from "../../../../src/features/contacts/contract";
import type { Channel } from "../../../../src/features/consent/contract";
import { dateIn } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { createForm, FormBox, type FormProblem, type Values } from "../../ui/form";
import { useShop } from "../../ui/shop";
import { announce } from "../../ui/toast";
import { formWords } from "../../words";
import { consentApi, type AgreedWay } from "./consent-api";
import { channelWords } from "./consent-words";
import { Choice, Day, Said } from "./consent-fields";
import { instantOf } from "./instants";
import { agreeWords as words } from "./words";

type Props = { contact: ContactView; onNoted: () => void; onClose: () => void };

/** It ends no stop, and says so. */
export default function AgreeDialog(props: Props): JSX.Element {
  const shop = useShop();
  const form = createForm();
  const { id, phoneText, email, consent } = props.contact;
  const addresses = (): readonly (readonly [Channel, string])[] => [
    ...(phoneText === null ? [] : [["text", `${channelWords.text}: ${phoneText}`] as const]), ...(email === null ? [] : [["email", `${channelWords.email}: ${email}`] as const]),
  ];
  const first = () => addresses().find(([channel]) => consent[channel]?.state === "none")?.[0] ?? addresses()[0]?.[0] ?? "text";
  const save = (value: Values) => {
    const said = value("words").trim();
    const at = instantOf(value("date"), null, shop.view().zone, Date.now());
    void form.send(problemsOf(said, at), () => consentApi.agree(id, { channel: value("channel") as Channel, source: value("source") as AgreedWay, words: said, saidAt: at ?? 0 }), () => {
      announce(words.done);
      props.onNoted();
      props.onClose();
    });
  };
  return (
    <Dialog title={words.title} onClose={() => props.onClose()}>
      <p>{words.about}</p>
      <FormBox form={form} submit={words.save} onSubmit={save} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Choice form={form} name="channel" label={words.address} options={addresses()} chosen={first()} />
        <Choice form={form} name="source" label={words.how} options={Object.entries(words.ways)} chosen="staff" />
        <Said form={form} label={words.words} hint={words.wordsHint} />
        <Day form={form} label={words.when} value={dateIn(shop.view().zone, Date.now())} />
        <p class="small">{words.endsNoStop}</p>
      </FormBox>
    </Dialog>
  );
}

function problemsOf(said: string, at: number | null): FormProblem[] {
  return [...(said === "" ? [{ field: "words", text: words.noWords }] : []), ...(at === null ? [{ field: "date", text: words.noDate }] : [])];
}
