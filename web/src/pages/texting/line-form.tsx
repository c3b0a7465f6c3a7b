/** Sets the number up, step by step, or changes it. Twilio is asked before anything is saved. */
import { createSignal, onMount, Show, type JSX } from "solid-js";
import type { LineView } from "../../../../src/features/text-line/contract";
import type { Answer } from "../../ask";
import { createForm, Field, FormBox, type Form, type Values } from "../../ui/form";
import { useShop } from "../../ui/shop";
import { formWords as shared } from "../../words";
import { changeOf, filledBy, filledFrom, helpAnswer, problemsOf, type Filled } from "./filled";
import { forgetFilled, keepFilled, takeKept } from "./kept";
import { textingApi } from "./texting-api";
import { formWords as words } from "./words";

type Props = { line: LineView | null; version: number; onSaved: () => Promise<void>; onClose: () => void };

/** The secrets are typed in and never shown again. */
export function LineForm(props: Props): JSX.Element {
  const shop = useShop();
  const form = createForm();
  const kept = takeKept();
  const start = kept ?? filledFrom(props.line, shop.view().name);
  const [reason, setReason] = createSignal("");
  const keptSid = () => props.line?.account?.sid ?? null;
  const save = async (value: Values) => {
    const filled = filledBy(value);
    const problems = problemsOf(filled, keptSid());
    // Asked who they are, people leave the page and come back to it.
    if (problems.length === 0) keepFilled(filled);
    setReason("");
    await form.send(problems, async () => toldPlainly(await textingApi.save(changeOf(filled, props.version)), setReason), props.onSaved);
    forgetFilled();
  };
  let top: HTMLElement | undefined;
  onMount(() => top?.focus({ preventScroll: true }));
  return (
    <section class="line-form">
      <h2 tabindex="-1" ref={(made) => (top = made)}>{props.line === null ? words.newTitle : words.changeTitle}</h2>
      <Show when={kept !== null}><p class="notice" data-tone="held">{words.tokenAgain}</p></Show>
      <FormBox
        form={form} submit={words.save} busy={words.saving} takesFocus={false} onSubmit={(value) => void save(value)}
        beside={<><button type="button" class="button" onClick={() => props.onClose()}>{shared.cancel}</button><span class="small">{words.proof}</span></>}
      >
        <Show when={reason() !== ""}><details><summary>{words.details}</summary><p class="address">{reason()}</p></details></Show>
        <ol class="set-up line-steps">
          <Show when={props.line === null}><Step number={1} title={words.steps.buy}><p>{words.buyAbout}</p></Step></Show>
          <Step number={props.line === null ? 2 : 1} title={words.steps.copy}><FromTwilio form={form} start={start} isNew={props.line === null} /></Step>
          <Step number={props.line === null ? 3 : 2} title={words.steps.who}><Who form={form} start={start} /></Step>
          <Step number={props.line === null ? 4 : 3} title={words.steps.pace}><Pace form={form} start={start} /></Step>
        </ol>
      </FormBox>
    </section>
  );
}

/** What Twilio refused, in our words; `onReason` is told Twilio's own. */
function toldPlainly<T>(answer: Answer<T>, onReason: (reason: string) => void): Answer<T> {
  if (answer.ok || answer.failure.kind !== "provider_refused") return answer;
  onReason(answer.failure.title);
  return { ok: false, failure: { ...answer.failure, title: words.refused, next: words.refusedNext } };
}

function Step(props: { number: number; title: string; children: JSX.Element }): JSX.Element {
  return <li><span class="step-number" aria-hidden="true">{props.number}</span><div><h3>{props.title}</h3>{props.children}</div></li>;
}

type PartProps = { form: Form; start: Filled };

function FromTwilio(props: PartProps & { isNew: boolean }): JSX.Element {
  const { form, start } = props;
  return (
    <div class="measure">
      <p class="small">{words.copyAbout}</p>
      <Field form={form} name="sid" label={words.sid} hint={words.sidHint} autocomplete="off" isCode value={start.sid} />
      <Field form={form} name="credentials" label={words.token} hint={props.isNew ? words.tokenHint : `${words.tokenHint} ${words.tokenKept}`} type="password" autocomplete="off" isCode />
      <Field form={form} name="number" label={words.number} hint={words.numberHint} autocomplete="off" value={start.number} />
      <Field form={form} name="serviceSid" label={words.service} hint={words.serviceHint} autocomplete="off" isCode value={start.serviceSid} />
      <Field form={form} name="keySid" label={words.keySid} hint={words.keyHint} autocomplete="off" isCode />
      <Field form={form} name="secret" label={words.keySecret} type="password" autocomplete="off" isCode />
    </div>
  );
}

/** The answer to HELP follows what is typed. */
function Who(props: PartProps): JSX.Element {
  const { form, start } = props;
  const [displayName, setDisplayName] = createSignal(start.displayName);
  const [helpContact, setHelpContact] = createSignal(start.helpContact);
  return (
    <div class="measure">
      <Field form={form} name="displayName" label={words.name} hint={words.nameHint} autocomplete="off" value={start.displayName} onInput={setDisplayName} />
      <Field form={form} name="helpContact" label={words.help} hint={words.helpHint} autocomplete="off" value={start.helpContact} onInput={setHelpContact} />
      <p class="small help-title">{words.preview}</p>
      <div class="text-sample">{helpAnswer({ displayName: displayName().trim() || "…", helpContact: helpContact().trim() || "…" }, location.origin)}</div>
    </div>
  );
}

function Pace(props: PartProps): JSX.Element {
  const { form, start } = props;
  return (
    <div class="measure">
      <Field form={form} name="perMinute" label={words.pace} hint={words.paceHint} autocomplete="off" inputmode="numeric" value={start.perMinute} />
      <Field form={form} name="segmentMicros" label={words.price} hint={words.priceHint} autocomplete="off" value={start.segmentMicros} />
    </div>
  );
}
