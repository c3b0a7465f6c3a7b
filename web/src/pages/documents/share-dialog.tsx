/** The share sheet: a new link for somebody outside, the links that work, and what came of them. Nothing here is said before it is so. */
import { createSignal, Show, type Accessor, type JSX } from "solid-js";
import type { DocumentItem } from "../../../../src/features/documents/contract";
import type { ShareView, SharesView } from "../../../../src/features/shares/contract";
import { createActing } from "../../ui/acting";
import { Dialog } from "../../ui/dialog";
import { createLive, type Live } from "../../ui/live";
import { Bars, Loaded, Problem } from "../../ui/states";
import { documentsApi } from "./documents-api";
import { MadeLink, ShareForm } from "./share-form";
import { Shares, Uses } from "./share-list";
import { shareWords as words } from "./share-words";

type Props = { document: DocumentItem; onClose: () => void };

/** For one document. */
export default function ShareDialog(props: Props): JSX.Element {
  const { id } = props.document;
  const live = createLive({ key: () => `shares ${id}`, ask: () => documentsApi.shares(id) });
  const [made, setMade] = createSignal<ShareView | null>(null);
  const isMade = (share: ShareView) => {
    setMade(share);
    void live.reload();
  };
  return (
    <Dialog class="wide" title={words.title(props.document.title)} onClose={() => props.onClose()}>
      <p>{words.about}</p>
      <Show when={made()} keyed>{(share) => <MadeLink share={share} />}</Show>
      <ShareForm document={props.document} onMade={isMade} />
      <Loaded live={live} skeleton={<Bars count={4} />}>{(view) => <Given id={id} view={view} live={live} />}</Loaded>
      <div class="dialog-actions"><button type="button" class="button" onClick={() => props.onClose()}>{words.close}</button></div>
    </Dialog>
  );
}

/** What was given so far, and how it is taken back. */
function Given(props: { id: string; view: Accessor<SharesView>; live: Live<SharesView> }): JSX.Element {
  const { act, trouble } = createActing(props.live);
  const [isAsking, setAsking] = createSignal(false);
  const hasLive = () => props.view().shares.some(({ state }) => state === "live");
  let given: HTMLDivElement | undefined;
  const voidAll = async () => {
    setAsking(false);
    given?.focus();
    await act(documentsApi.voidLinks(props.id), words.voided);
  };
  return (
    <div tabindex="-1" ref={(made) => (given = made)}>
      <Show when={trouble()}>{(failure) => <Problem trouble={failure()} />}</Show>
      <Shares shares={props.view().shares} onRevoke={(share) => act(documentsApi.revoke(props.id, share), words.revoked)} />
      <Show when={hasLive() && !isAsking()}><p class="buttons"><button type="button" class="button" onClick={() => setAsking(true)}>{words.voidAll}</button></p></Show>
      <Show when={isAsking()}>
        <div class="notice" data-tone="held" role="group" aria-label={words.voidTitle}>
          <h2>{words.voidTitle}</h2>
          <p>{words.voidText}</p>
          <p class="row-acts">
            <button type="button" class="button danger" ref={(made) => queueMicrotask(() => made.focus())} onClick={() => void voidAll()}>{words.voidNow}</button>
            <button type="button" class="button" onClick={() => { setAsking(false); given?.focus(); }}>{words.keep}</button>
          </p>
        </div>
      </Show>
      <Uses view={props.view()} />
    </div>
  );
}
