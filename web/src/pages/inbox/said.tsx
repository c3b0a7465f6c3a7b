/** What was said, day by day, oldest first; the newest is in sight unless somebody reads further up. */
import { createEffect, createSignal, on, onCleanup, onMount, Show, type Accessor, type JSX } from "solid-js";
import type { LedgerLine } from "../../../../src/features/contacts/contract";
import type { MessageView } from "../../../../src/features/messages/contract";
import type { Act } from "../../ui/acting";
import { ById } from "../../ui/by-id";
import { dateIn, longDate, timeIn } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { Problem } from "../../ui/states";
import { consentActWords, sourceWords } from "../contacts/consent-words";
import { Bubble } from "./bubble";
import type { Conversation } from "./conversation";
import type { Said } from "./rules";
import { threadWords as words } from "./words";

/** As near to the end as counts for reading the newest. */
const NEAR_PX = 60;

type Props = { conversation: Conversation; name: string; onAct: Act };

/** Older ones are put above without moving what is being read. */
export function Words(props: Props): JSX.Element {
  let box: HTMLElement | undefined;
  const pages = () => props.conversation.pages;
  const [isBelow, setBelow] = createSignal(false);
  const newest = () => pages().rows()[0]?.id ?? "";
  const toEnd = () => box?.scrollTo({ top: box.scrollHeight });
  const isAtEnd = () => box === undefined || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
  let wasAtEnd = true;
  // Where an answer is written is loaded later and grows while it is: the newest stays in sight.
  const resized = new ResizeObserver(() => wasAtEnd && toEnd());
  onMount(() => {
    toEnd();
    if (box !== undefined) resized.observe(box);
  });
  onCleanup(() => resized.disconnect());
  createEffect(on(() => [newest(), props.conversation.days()] as const, ([now], before) => {
    const isNew = before !== undefined && before[0] !== now;
    if (wasAtEnd || pages().rows()[0]?.direction === "out" && isNew) toEnd();
    else if (isNew) setBelow(true);
  }));
  const older = async () => {
    const height = box?.scrollHeight ?? 0;
    await pages().more();
    if (box !== undefined) box.scrollTop += box.scrollHeight - height;
    // The button may be gone with the oldest page: reading goes on where it was.
    if (document.activeElement === document.body) box?.focus({ preventScroll: true });
  };
  const scrolled = () => {
    wasAtEnd = isAtEnd();
    if (wasAtEnd) setBelow(false);
  };
  return (
    <>
      <div class="words" tabindex="0" role="log" aria-label={words.words} ref={(made) => (box = made)} onScroll={scrolled}>
        <Show when={pages().trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={() => void older()} />}</Show>
        <Show when={pages().hasMore()} fallback={<Show when={pages().rows().length > 0} fallback={<p class="empty-thread">{words.empty}</p>}><p class="small center">{words.begins}</p></Show>}>
          <p class="center"><button type="button" class="button" aria-disabled={pages().isLoadingMore() ? "true" : undefined} onClick={() => void older()}>{pages().isLoadingMore() ? words.olderBusy : words.older}</button></p>
        </Show>
        <ById items={props.conversation.days()}>
          {(day) => (
            <div class="thread-day">
              <Day date={day().id} />
              <ById items={day().items}>{(said) => <One said={said} name={props.name} contact={props.conversation.contact} onAct={props.onAct} />}</ById>
            </div>
          )}
        </ById>
      </div>
      <Show when={isBelow()}><p class="center small" role="status"><button type="button" class="plain" onClick={toEnd}>{words.newOnes}</button></p></Show>
    </>
  );
}

function Day(props: { date: string }): JSX.Element {
  const shop = useShop();
  const today = () => dateIn(shop.view().zone, Date.now());
  const yesterday = () => dateIn(shop.view().zone, Date.now() - 86_400_000);
  return <h3>{props.date === today() ? words.today : props.date === yesterday() ? words.yesterday : longDate(props.date)}</h3>;
}

function One(props: { said: Accessor<Said>; name: string; contact: string; onAct: Act }): JSX.Element {
  const said = props.said();
  return "message" in said
    ? <Bubble message={() => messageOf(props.said(), said.message)} name={props.name} contact={props.contact} onAct={props.onAct} />
    : <Event line={said.line} isQuoted={said.isQuoted} />;
}

/** A row stays what it is: a message never becomes a line of consent. */
function messageOf(said: Said, last: MessageView): MessageView {
  return "message" in said ? said.message : last;
}

/** STOP, START and the like, in the place where it was said. */
function Event(props: { line: LedgerLine; isQuoted: boolean }): JSX.Element {
  const shop = useShop();
  const look = () => consentActWords[props.line.act];
  return (
    <p class="event" data-tone={look().tone}>
      <b><span aria-hidden="true">{look().glyph} </span>{look().word}</b>, {sourceWords[props.line.source]}, {timeIn(shop.view().zone, props.line.at)}
      <Show when={!props.isQuoted && (props.line.words ?? "") !== ""}><br /><q>{props.line.words}</q></Show>
    </p>
  );
}
