/** A new link: for whom, for how long, how often; and the link itself once it is made. */
import { createSignal, createUniqueId, For, onMount, Show, type JSX } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";
import type { Disposition, ShareRequest, ShareView } from "../../../../src/features/shares/contract";
import { momentIn } from "../../ui/dates";
import { createForm, Field, FormBox, Labelled, type FormProblem, type Values } from "../../ui/form";
import { useShop } from "../../ui/shop";
import { copyText } from "./copy";
import { documentsApi } from "./documents-api";
import { leftUntil } from "./share-list";
import { shareWords as words } from "./share-words";
import { LONGEST_SHARE_DAYS } from "./sizes";

const DAYS = [1, 3, 7, 14, LONGEST_SHARE_DAYS] as const;
const USUAL_DAYS = 7;
const SHORTEST_PASSPHRASE = 6;
const DISPOSITIONS = Object.entries(words.dispositions) as readonly (readonly [Disposition, string])[];

/** Folds itself away once a link is made, so that the link is the one thing to take. */
export function ShareForm(props: { document: DocumentItem; onMade: (share: ShareView) => void }): JSX.Element {
  const [isOpen, setOpen] = createSignal(true);
  const made = (share: ShareView) => {
    setOpen(false);
    props.onMade(share);
  };
  return (
    <Show when={isOpen()} fallback={<p class="buttons"><button type="button" class="button" onClick={() => setOpen(true)}>{words.another}</button></p>}>
      <section class="share-part share-form"><h3>{words.newLink}</h3><Fields document={props.document} onMade={made} /></section>
    </Show>
  );
}

function Fields(props: { document: DocumentItem; onMade: (share: ShareView) => void }): JSX.Element {
  const form = createForm();
  const send = (value: Values) => {
    const request = requestFrom(value);
    void form.send(problemsOf(request), async () => await documentsApi.share(props.document.id, request), ({ share }) => props.onMade(share));
  };
  return (
    <FormBox form={form} submit={words.make} onSubmit={send}>
      <Field form={form} name="recipient" label={words.recipient} hint={words.recipientHint} autocomplete="off" />
      <div class="fields two">
        <Labelled form={form} name="days" label={words.days}>
          {(ids) => <select id={ids.id} name="days"><For each={DAYS}>{(days) => <option value={days} selected={days === USUAL_DAYS}>{words.dayWords(days)}</option>}</For></select>}
        </Labelled>
        <Labelled form={form} name="disposition" label={words.disposition}>
          {(ids) => <select id={ids.id} name="disposition"><For each={DISPOSITIONS}>{([value, word]) => <option value={value}>{word}</option>}</For></select>}
        </Labelled>
      </div>
      <div class="field">
        <label class="tick"><input type="checkbox" name="isOnce" aria-describedby={`${form.id}-once`} /> {words.isOnce}</label>
        <p class="small" id={`${form.id}-once`}>{words.isOnceHint}</p>
      </div>
      <Field form={form} name="passphrase" label={words.passphrase} hint={words.passphraseHint} autocomplete="off" />
    </FormBox>
  );
}

/** The form as the server takes it. */
export function requestFrom(value: Values): ShareRequest {
  const days = DAYS.find((one) => String(one) === value("days")) ?? USUAL_DAYS;
  const passphrase = value("passphrase");
  return { recipient: value("recipient").trim(), disposition: value("disposition") === "attachment" ? "attachment" : "inline", days, isOnce: value("isOnce") === "on", passphrase: passphrase === "" ? null : passphrase };
}

/** The server looks again. */
export function problemsOf({ passphrase }: ShareRequest): FormProblem[] {
  return passphrase !== null && passphrase.length < SHORTEST_PASSPHRASE ? [{ field: "passphrase", text: words.passphraseShort }] : [];
}

/** The link, to be copied; it can be found again in the list for as long as it works. */
export function MadeLink(props: { share: ShareView }): JSX.Element {
  let copyButton: HTMLElement | undefined;
  const shop = useShop();
  onMount(() => copyButton?.focus());
  return (
    <div class="notice" data-tone="ties">
      <h2><span aria-hidden="true">✓ </span>{words.made}</h2>
      <Show when={props.share.url}>{(url) => <CopyLink url={url()} onButton={(made) => (copyButton = made)} />}</Show>
      <p class="small">{words.it} {words.until(momentIn(shop.view().zone, props.share.expiresAt), leftUntil(props.share.expiresAt))}.</p>
    </div>
  );
}

/** A link that can be read, and copied by its button. */
export function CopyLink(props: { url: string; onButton?: (button: HTMLElement) => void }): JSX.Element {
  let input: HTMLInputElement | undefined;
  const id = createUniqueId();
  const [said, setSaid] = createSignal("");
  const copy = async () => {
    const isCopied = await copyText(props.url);
    if (!isCopied) input?.select();
    setSaid(isCopied ? words.copied : words.notCopied);
  };
  return (
    <>
      <div class="share-link">
        <label class="unseen" for={id}>{words.link}</label>
        <input id={id} ref={(made) => (input = made)} readonly value={props.url} onFocus={(event) => event.currentTarget.select()} />
        <button type="button" class="button primary" ref={(made) => props.onButton?.(made)} onClick={() => void copy()}>{words.copy}</button>
      </div>
      <p class="small" role="status">{said()}</p>
    </>
  );
}
