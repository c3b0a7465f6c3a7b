/** Whether the team is told by letter of what comes in. */
import { createSignal, type JSX } from "solid-js";
import { Show } from "solid-js";
import { createActing } from "../../ui/acting";
import { createLive } from "../../ui/live";
import { Act, Bars, Loaded, Problem } from "../../ui/states";
import { textingApi } from "./texting-api";
import { noticeWords as words } from "./words";

/** A section of the page of the number. */
export function Notices(): JSX.Element {
  const live = createLive({ key: () => "message notices", ask: textingApi.notices });
  const { act, trouble } = createActing(live);
  const [isBusy, setBusy] = createSignal(false);
  const turn = async (notifies: boolean) => {
    setBusy(true);
    await act(textingApi.setNotices(notifies), notifies ? words.turnedOn : words.turnedOff);
    setBusy(false);
  };
  return (
    <section>
      <h2>{words.title}</h2>
      <p class="small">{words.about}</p>
      <Show when={trouble()}>{(found) => <Problem trouble={found()} />}</Show>
      <Loaded live={live} skeleton={<Bars count={1} tall />}>
        {(rule) => (
          <>
            <p><span class="mark" data-tone={rule().notifies ? "ties" : "quiet"} aria-hidden="true">{rule().notifies ? "✓ " : "○ "}</span>{rule().notifies ? words.on : words.off}</p>
            <p class="buttons"><Act permission="messages.manage" isBusy={isBusy()} onPress={() => void turn(!rule().notifies)}>{rule().notifies ? words.turnOff : words.turnOn}</Act></p>
          </>
        )}
      </Loaded>
    </section>
  );
}
