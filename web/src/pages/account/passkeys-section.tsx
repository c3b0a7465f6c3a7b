/** Passkeys: the list, and adding, renaming and removing one. */
import { createSignal, For, Match, Show, Switch, type JSX } from "solid-js";
import type { FactorsView, NewCodes } from "../../../../src/features/factors/contract";
import { accountApi } from "../../auth-api";
import { knowsPasskeys, makePasskey } from "../../passkey";
import { ago, plainDate, dateIn } from "../../ui/dates";
import { guessedZone } from "../../ui/new-shop";
import { announce } from "../../ui/toast";
import { ConfirmDialog } from "./confirm-dialog";
import { NameDialog } from "./name-dialog";
import { securityWords as words } from "./words";

type Passkey = FactorsView["passkeys"][number];
type Open = { readonly kind: "add" } | { readonly kind: "rename" | "remove"; readonly passkey: Passkey } | null;
type SectionProps = { passkeys: FactorsView["passkeys"]; onChanged: (made: NewCodes) => void };

const UNCHANGED_CODES: NewCodes = { recoveryCodes: null };

/** A section of the security page; `onChanged` brings the recovery codes that a first passkey comes with. */
export function PasskeysSection(props: SectionProps): JSX.Element {
  const [open, setOpen] = createSignal<Open>(null);
  const close = () => setOpen(null);
  const done = (said: string) => (made: NewCodes) => {
    close();
    announce(said);
    props.onChanged(made);
  };
  return (
    <section class="card">
      <h2>{words.passkeysTitle}</h2>
      <p class="small">{words.passkeysAbout}</p>
      <Show when={props.passkeys.length > 0} fallback={<p>{words.noPasskeys}</p>}>
        <ul class="rows">
          <For each={props.passkeys}>
            {(passkey) => <PasskeyRow passkey={passkey} onRename={() => setOpen({ kind: "rename", passkey })} onRemove={() => setOpen({ kind: "remove", passkey })} />}
          </For>
        </ul>
      </Show>
      <Show when={knowsPasskeys()} fallback={<p class="small">{words.unknowing}</p>}>
        <p class="buttons"><button type="button" class="button" onClick={() => setOpen({ kind: "add" })}>{words.addPasskey}</button></p>
      </Show>
      <PasskeyDialogs open={open()} onClose={close} done={done} />
    </section>
  );
}

function PasskeyRow(props: { passkey: Passkey; onRename: () => void; onRemove: () => void }): JSX.Element {
  const about = () => {
    const { createdAt, lastUsedAt, isBackedUp } = props.passkey;
    const used = lastUsedAt === null ? words.neverUsed : words.used(ago(lastUsedAt, Date.now(), guessedZone()));
    return [words.added(plainDate(dateIn(guessedZone(), createdAt))), used, ...(isBackedUp ? [words.backedUp] : [])].join(", ");
  };
  return (
    <li>
      <div><b>{props.passkey.name}</b><small>{about()}</small></div>
      <div class="row-acts">
        <button type="button" class="button" onClick={() => props.onRename()}>{words.rename}<span class="unseen">{` ${props.passkey.name}`}</span></button>
        <button type="button" class="button" onClick={() => props.onRemove()}>{words.removeApp}<span class="unseen">{` ${props.passkey.name}`}</span></button>
      </div>
    </li>
  );
}

function PasskeyDialogs(props: { open: Open; onClose: () => void; done: (said: string) => (made: NewCodes) => void }): JSX.Element {
  const at = (kind: "rename" | "remove") => (props.open?.kind === kind ? props.open.passkey : undefined);
  return (
    <Switch>
      <Match when={props.open?.kind === "add"}>
        <NameDialog title={words.addPasskeyTitle} submit={words.addPasskeySubmit} value="" act={addPasskey} onDone={props.done(words.passkeyAdded)} onClose={props.onClose} />
      </Match>
      <Match when={at("rename")}>
        {(passkey) => (
          <NameDialog
            title={words.renameTitle} submit={words.rename.replace("…", "")} value={passkey().name} act={(name) => accountApi.renamePasskey(passkey().id, name)}
            onDone={() => props.done(words.renamed)(UNCHANGED_CODES)} onClose={props.onClose}
          />
        )}
      </Match>
      <Match when={at("remove")}>
        {(passkey) => (
          <ConfirmDialog
            title={words.removePasskeyTitle(passkey().name)} about={words.removePasskeyAbout} submit={words.removePasskey} act={() => accountApi.removePasskey(passkey().id)}
            onDone={() => props.done(words.passkeyRemoved)(UNCHANGED_CODES)} onClose={props.onClose}
          />
        )}
      </Match>
    </Switch>
  );
}

async function addPasskey(name: string): ReturnType<typeof accountApi.finishNewPasskey> {
  const begun = await accountApi.beginNewPasskey();
  const made = begun.ok ? await makePasskey(begun.value.options) : begun;
  return made.ok ? await accountApi.finishNewPasskey(name, made.value) : made;
}
