/** Issues a certificate: what it is for, to whom, and the number that it will have. */
import { createMemo, createSignal, For, type JSX } from "solid-js";
import type { TemplateView } from "../../../../src/features/certificates/contract";
import { dateIn, plainDate } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox, Labelled, type FormProblem, type Values } from "../../ui/form";
import { newKey } from "../../ui/new-key";
import { useShop } from "../../ui/shop";
import { announce } from "../../ui/toast";
import { formWords } from "../../words";
import { certificatesApi } from "./certificates-api";
import { expiryOf, numberOf } from "./beforehand";
import { issueWords as words } from "./words";

type IssueProps = { templates: readonly TemplateView[]; onIssued: () => void; onClose: () => void };

/** One attempt has one key: pressed twice, or sent again after a lost answer, it is still one certificate. */
export function IssueDialog(props: IssueProps): JSX.Element {
  const shop = useShop();
  const form = createForm();
  const key = newKey();
  const [template, setTemplate] = createSignal(props.templates[0]?.id ?? "");
  const [issuedOn, setIssuedOn] = createSignal(dateIn(shop.view().zone, Date.now()));
  const chosen = createMemo(() => props.templates.find(({ id }) => id === template()));
  const will = () => {
    const one = chosen();
    if (one === undefined) return "";
    const until = expiryOf(issuedOn(), one.validMonths);
    return words.will(numberOf(one), until === null ? null : plainDate(until));
  };
  const send = (value: Values) => {
    const [issuedTo, product, serialNumber] = [value("issuedTo").trim(), value("product").trim(), value("serialNumber").trim()];
    return form.send(problemsOf({ issuedTo, product, issuedOn: issuedOn() }), () => certificatesApi.issue({ template: template(), issuedTo, product, serialNumber, issuedOn: issuedOn(), key }), ({ certificate }) => {
      announce(certificate.isFiled ? words.done(certificate.number) : words.doneUnfiled(certificate.number));
      props.onIssued();
      props.onClose();
    });
  };
  return (
    <Dialog title={words.title} onClose={() => props.onClose()}>
      <FormBox form={form} submit={words.submit} busy={words.busy} onSubmit={(value) => void send(value)} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Labelled form={form} name="template" label={words.template}>
          {(ids) => (
            <select id={ids.id} name="template" aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} onChange={(event) => setTemplate(event.currentTarget.value)}>
              <For each={props.templates}>{(one) => <option value={one.id} selected={one.id === template()}>{one.name}</option>}</For>
            </select>
          )}
        </Labelled>
        <Field form={form} name="issuedTo" label={words.holder} hint={words.holderHint} autocomplete="off" />
        <Field form={form} name="product" label={words.product} autocomplete="off" />
        <Field form={form} name="serialNumber" label={words.serialNumber} hint={words.serialHint} autocomplete="off" />
        <Labelled form={form} name="issuedOn" label={words.date}>
          {(ids) => <input id={ids.id} name="issuedOn" type="date" value={issuedOn()} aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} onInput={(event) => setIssuedOn(event.currentTarget.value)} />}
        </Labelled>
        <div class="notice" data-tone="quiet" role="status"><p><b>{will()}</b></p><p class="small">{words.next}</p></div>
      </FormBox>
    </Dialog>
  );
}

function problemsOf({ issuedTo, product, issuedOn }: { readonly issuedTo: string; readonly product: string; readonly issuedOn: string }): FormProblem[] {
  return [
    ...(issuedTo === "" ? [{ field: "issuedTo", text: words.noHolder }] : []), ...(product === "" ? [{ field: "product", text: words.noProduct }] : []),
    ...(issuedOn === "" ? [{ field: "issuedOn", text: words.noDate }] : []),
  ];
}
