/** Where an answer is written. What is sent appears above once the server has it, never before. */
import { createEffect, createMemo, createSignal, For, lazy, Show, Suspense, type JSX } from "solid-js";
import type { ThreadView } from "../../../../src/features/messages/contract";
import { createLive } from "../../ui/live";
import { useShop } from "../../ui/shop";
import { Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { costOf, laterWords, LONGEST_LETTER, LONGEST_TEXT } from "./before-sending";
import type { Conversation } from "./conversation";
import { createDraft, type Draft, type Written } from "./draft";
import { lineApi } from "./line-api";
import { ClosedWays } from "./locked";
import { openWays } from "./rules";
import { segmentsOf } from "./segments";
import { composerWords as words, wayWords } from "./words";

const PickTemplate = lazy(() => import("./pick-template"));
const PickDocument = lazy(() => import("./pick-document"));

type Props = { conversation: Conversation; view: ThreadView; name: string; onSent: () => void };

/** Only for somebody who can be reached by one way at least. */
export default function Composer(props: Props): JSX.Element {
  let field: HTMLTextAreaElement | undefined;
  const draft = createDraft(props.conversation.contact, openWays(props.view));
  const [problem, setProblem] = createSignal("");
  const [picking, setPicking] = createSignal<Picking>(null);
  // A way that was closed meanwhile is left for one that is open.
  createEffect(() => {
    const [first, ...others] = openWays(props.view);
    if (first !== undefined && ![first, ...others].includes(draft.written().channel)) draft.change({ channel: first });
  });
  const send = async () => {
    const missing = missingOf(draft.written());
    setProblem(missing);
    if (missing !== "" || draft.isSending()) return;
    const message = await draft.send();
    await props.conversation.changed();
    props.onSent();
    if (message === null) return;
    announce(message.dueAt !== null && message.dueAt > Date.now() + 60_000 ? words.sentLater : words.sent);
    field?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  const picked = (change: Partial<Written>) => {
    draft.change(change);
    setPicking(null);
    field?.focus();
  };
  return (
    <div class="composer" onKeyDown={onKey}>
      <Show when={draft.trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void send()} />}</Show>
      <ClosedWays view={props.view} />
      <Ways view={props.view} draft={draft} />
      <Fields draft={draft} name={props.name} problem={problem()} onTyped={() => setProblem("")} onField={(made) => (field = made)} />
      <Enclosures draft={draft} />
      <Show when={draft.written().channel === "text" && props.view.quiet}>{(quiet) => <p class="later">{laterWords(quiet(), Date.now())}</p>}</Show>
      <Below draft={draft} mayShare={props.view.may.share} onPick={setPicking} onSend={() => void send()} />
      <Pickers contact={props.conversation.contact} draft={draft} picking={picking()} onPick={picked} onClose={() => setPicking(null)} />
    </div>
  );
}

type Picking = "template" | "document" | null;
type FieldsProps = { draft: Draft; name: string; problem: string; onTyped: () => void; onField: (field: HTMLTextAreaElement) => void };

function Fields(props: FieldsProps): JSX.Element {
  const written = () => props.draft.written();
  const typed = (body: string) => {
    props.onTyped();
    props.draft.change({ body });
  };
  return (
    <>
      <Show when={written().channel === "email"}>
        <label class="field-name" for="message-subject">{words.subject}</label>
        <input id="message-subject" name="subject" type="text" maxlength="160" autocomplete="off" value={written().subject} onInput={(event) => props.draft.change({ subject: event.currentTarget.value })} />
      </Show>
      <label class="field-name" for="message-body">{words.label(props.name, wayWords[written().channel])}</label>
      <textarea
        id="message-body" ref={(made) => props.onField(made)} rows="2" maxlength={written().channel === "text" ? LONGEST_TEXT : LONGEST_LETTER} readonly={props.draft.isSending()} value={written().body}
        aria-describedby="message-counted message-problem" aria-keyshortcuts="Control+Enter Meta+Enter" onInput={(event) => typed(event.currentTarget.value)}
      />
      <div id="message-problem" role="alert"><Show when={props.problem !== ""}><p class="wrong">{props.problem}</p></Show></div>
    </>
  );
}

function Below(props: { draft: Draft; mayShare: boolean; onPick: (picking: Picking) => void; onSend: () => void }): JSX.Element {
  return (
    <div class="below">
      <Counted draft={props.draft} />
      <button type="button" class="button" onClick={() => props.onPick("template")}>{words.template}</button>
      <Show when={props.mayShare}><button type="button" class="button" onClick={() => props.onPick("document")}>{words.attach}</button></Show>
      <button type="button" class="button primary" title={words.keys} aria-disabled={props.draft.isSending() ? "true" : undefined} onClick={() => props.onSend()}>{props.draft.isSending() ? words.sending : words.send}</button>
    </div>
  );
}

function Pickers(props: { contact: string; draft: Draft; picking: Picking; onPick: (change: Partial<Written>) => void; onClose: () => void }): JSX.Element {
  const close = () => props.onClose();
  return (
    <Suspense>
      <Show when={props.picking === "template"}><PickTemplate contact={props.contact} channel={props.draft.written().channel} onPick={(change) => props.onPick(change)} onClose={close} /></Show>
      <Show when={props.picking === "document"}><PickDocument channel={props.draft.written().channel} enclosed={props.draft.written().documents} onPick={(documents) => props.onPick({ documents })} onClose={close} /></Show>
    </Suspense>
  );
}

function missingOf({ channel, subject, body, documents }: Written): string {
  if (body.trim() === "" && documents.length === 0) return words.nothing;
  return channel === "email" && subject.trim() === "" ? words.noSubject : "";
}

/** A choice only where there is one. */
function Ways(props: { view: ThreadView; draft: Draft }): JSX.Element {
  const ways = createMemo(() => openWays(props.view));
  return (
    <Show when={ways().length > 1}>
      <fieldset class="way">
        <legend class="unseen">{words.way}</legend>
        <For each={ways()}>{(way) => <label class="tick"><input type="radio" name="message-way" checked={props.draft.written().channel === way} onChange={() => props.draft.change({ channel: way })} /> {words.ways[way]}</label>}</For>
      </fieldset>
    </Show>
  );
}

function Enclosures(props: { draft: Draft }): JSX.Element {
  const all = () => props.draft.written().documents;
  return (
    <Show when={all().length > 0}>
      <ul class="attached">
        <For each={all()}>{(one) => <li>{one.title}<button type="button" aria-label={words.detach(one.title)} onClick={() => props.draft.change({ documents: all().filter((other) => other.document !== one.document) })}>×</button></li>}</For>
      </ul>
    </Show>
  );
}

/** How many pieces a text is sent in, and what they cost by the shop's own price of one. */
function Counted(props: { draft: Draft }): JSX.Element {
  const shop = useShop();
  const line = createLive({ key: () => (shop.may("messages.read") ? "texting" : null), ask: lineApi.line });
  const counted = createMemo(() => segmentsOf(props.draft.written().body.trim()));
  const price = () => line.value()?.line?.segmentMicros ?? 0;
  const said = () => (props.draft.written().channel === "email" ? "" : words.counted(counted().characters, counted().segments, costOf(counted().segments, price())));
  const isWide = () => props.draft.written().channel === "text" && counted().encoding === "ucs2";
  return (
    <span class="counted" id="message-counted">
      {said()}
      <Show when={isWide()}><br />{words.unicode}</Show>
      <Show when={props.draft.written().channel === "text" && props.draft.written().documents.length > 0}><br />{words.withLinks}</Show>
    </span>
  );
}
