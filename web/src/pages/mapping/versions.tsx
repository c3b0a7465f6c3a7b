/** The versions of the mapping: who changed what and when; an old one beside the one that holds, and the way back to it. */
import { createSignal, For, Show, type JSX } from "solid-js";
import type { OldVersionView, VersionView } from "../../../../src/features/mapping/contract";
import type { Trouble } from "../../api";
import { mappingApi } from "../../mapping-api";
import { momentIn } from "../../ui/dates";
import { Dialog } from "../../ui/dialog";
import { createLive } from "../../ui/live";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import type { Saved } from "./saver";
import { versionWords as words } from "./version-words";

type Props = { current: number; onRestored: (saved: Saved) => Promise<void>; onClose: () => void };

/** Opens with the latest twenty. */
export default function Versions(props: Props): JSX.Element {
  const [opened, setOpened] = createSignal<number | null>(null);
  return (
    <Dialog title={words.title} class="wide" onClose={() => props.onClose()}>
      <Show when={opened()} keyed fallback={<List onOpen={setOpened} />}>
        {(version) => <OldVersion version={version} current={props.current} onBack={() => setOpened(null)} onRestored={async (saved) => { await props.onRestored(saved); props.onClose(); }} />}
      </Show>
      <div class="dialog-actions"><button type="button" class="button" onClick={() => props.onClose()}>{words.close}</button></div>
    </Dialog>
  );
}

function List(props: { onOpen: (version: number) => void }): JSX.Element {
  const live = createLive({ key: () => "mapping versions", ask: () => mappingApi.mappingVersions(null) });
  const [older, setOlder] = createSignal<{ versions: readonly VersionView[]; isMore: boolean }>();
  const [trouble, setTrouble] = createSignal<Trouble>();
  const all = () => [...(live.value()?.versions ?? []), ...(older()?.versions ?? [])];
  const isMore = () => older()?.isMore ?? live.value()?.isMore ?? false;
  const more = async () => {
    const answer = await mappingApi.mappingVersions(all().at(-1)?.version ?? null);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) setOlder((before) => ({ versions: [...(before?.versions ?? []), ...answer.value.versions], isMore: answer.value.isMore }));
  };
  return (
    <Loaded live={live} skeleton={<Bars count={4} tall />}>
      {() => (
        <Show when={all().length > 0} fallback={<p>{words.none}</p>}>
          <ol class="versions"><For each={all()}>{(version) => <Version version={version} onOpen={() => props.onOpen(version.version)} />}</For></ol>
          <Show when={trouble()}>{(found) => <Problem trouble={found()} onRetry={() => void more()} />}</Show>
          <Show when={isMore()}><p><button type="button" class="button" onClick={() => void more()}>{words.older}</button></p></Show>
        </Show>
      )}
    </Loaded>
  );
}

const SHOWN_CHANGES = 5;

function Version(props: { version: VersionView; onOpen: () => void }): JSX.Element {
  const shop = useShop();
  const rest = () => props.version.changeCount - Math.min(props.version.changes.length, SHOWN_CHANGES);
  return (
    <li>
      <p class="split"><b>{words.saved(props.version.version, props.version.savedBy, momentIn(shop.view().zone, props.version.savedAt))}</b> <button type="button" class="plain" onClick={() => props.onOpen()}>{words.look(props.version.version)}</button></p>
      <ul class="small">
        <For each={props.version.changes.slice(0, SHOWN_CHANGES)}>{(change) => <li>{words.change(change)}</li>}</For>
        <Show when={rest() > 0}><li>{words.andMore(rest())}</li></Show>
      </ul>
    </li>
  );
}

function OldVersion(props: { version: number; current: number; onBack: () => void; onRestored: (saved: Saved) => Promise<void> }): JSX.Element {
  const shop = useShop();
  const live = createLive({ key: () => `mapping version ${props.version}`, ask: () => mappingApi.mappingVersion(props.version) });
  const [isBusy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<Trouble>();
  const restore = async () => {
    setBusy(true);
    const answer = await mappingApi.restoreMapping(props.version, props.current);
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (!answer.ok) return;
    announce(words.restored(props.version, answer.value.version));
    await props.onRestored(answer.value);
  };
  const differing = (view: OldVersionView) => view.lines.filter((line) => !line.isSame);
  return (
    <>
      <p><button type="button" class="plain" onClick={() => props.onBack()}>{words.back}</button></p>
      <Loaded live={live} skeleton={<Bars count={6} tall />}>
        {(view) => (
          <>
            <h3>{words.saved(view().version, view().savedBy, momentIn(shop.view().zone, view().savedAt))}</h3>
            <p class="small">{words.differs(differing(view()).length)}</p>
            <div class="scroll">
              <table class="ledger">
                <caption class="unseen">{words.beside(view().version)}</caption>
                <thead><tr><th scope="col">{words.line}</th><th scope="col">{words.inVersion(view().version)}</th><th scope="col">{words.now}</th></tr></thead>
                <tbody><For each={[...differing(view()), ...view().lines.filter((line) => line.isSame)]}>{(line) => <tr><th scope="row">{line.label}</th><td>{line.was ?? words.nothing}</td><td>{line.isSame ? words.same : (line.now ?? words.nothing)}</td></tr>}</For></tbody>
              </table>
            </div>
            <Show when={trouble()}>{(found) => <Problem trouble={found()} />}</Show>
            <p><Act permission="mapping.write" isPrimary isBusy={isBusy()} onPress={() => void restore()}>{words.restore(view().version)}</Act></p>
          </>
        )}
      </Loaded>
    </>
  );
}
