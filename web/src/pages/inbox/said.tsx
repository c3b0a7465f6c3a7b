/** What was said, day by day, oldest first; the newest is in sight unless somebody reads further up. */
import { createEffect, on, Show, type Accessor, type JSX } from "solid-js";
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
import { createSight } from "./in-sight";
import type { Said } from "./rules";
import { threadWords as words } from "./words";

type Props = { conversation: Conversation; name: string; onAct: Act };

/** Older ones are put above without moving what is being read. */
export function Words(props: Props): JSX.Element {
  const sight = createSight();
  const pages = () => props.conversation.pages;
  const newest = () => pages().rows()[0];
  createEffect(on(() => [newest()?.id, props.conversation.days()] as const, ([now], before) => sight.changed(before !== undefined && before[0] !== now, newest()?.direction === "out")));
  const older = () => void sight.above(() => pages().more());
  return (
    <>
      <div class="words" tabindex="0" role="log" aria-label={words.words} ref={(made) => sight.setBox(made)} onScroll={() => sight.onScroll()}>
        <Show when={pages().trouble()}>{(trouble) => <Problem trouble={trouble()} onRetry={older} />}</Show>
        <Show when={pages().hasMore()} fallback={<Show when={pages().rows().length > 0} fallback={<p class="empty-thread">{words.empty}</p>}><p class="small center">{words.begins}</p></Show>}>
          <p class="center"><button type="button" class="button" aria-disabled={pages().isLoadingMore() ? "true" : undefined} onClick={older}>{pages().isLoadingMore() ? words.olderBusy : words.older}</button></p>
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
      <Show when={sight.isBelow()}><p class="center small" role="status"><button type="button" class="plain" onClick={() => sight.toEnd()}>{words.newOnes}</button></p></Show>
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
