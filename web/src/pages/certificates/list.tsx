/** The table of certificates; on a phone each is a card. */
import { A } from "@solidjs/router";
import { createSignal, For, Show, type JSX } from "solid-js";
import type { CertificateView } from "../../../../src/features/certificates/contract";
import type { Trouble } from "../../ask";
import { plainDate } from "../../ui/dates";
import { useShop } from "../../ui/shop";
import { Act, Problem } from "../../ui/states";
import { announce } from "../../ui/toast";
import { certificatesApi } from "./certificates-api";
import { certificateWords as words, stateWords } from "./words";

type ListProps = { certificates: readonly CertificateView[]; onRevoke: (certificate: CertificateView) => void; onChanged: () => void };

/** Latest first. */
export function CertificateList(props: ListProps): JSX.Element {
  return (
    <div class="card flush">
      <table class="ledger people papers certificates">
        <caption class="unseen">{words.list}</caption>
        <thead><tr>
          <th scope="col">{words.number}</th><th scope="col">{words.product}</th><th scope="col">{words.holder}</th><th scope="col">{words.issued}</th>
          <th scope="col">{words.state}</th><th scope="col"><span class="unseen">{words.acts}</span></th>
        </tr></thead>
        <tbody><For each={props.certificates}>{(one) => <Row certificate={one} onRevoke={() => props.onRevoke(one)} onChanged={() => props.onChanged()} />}</For></tbody>
      </table>
    </div>
  );
}

function Row(props: { certificate: CertificateView; onRevoke: () => void; onChanged: () => void }): JSX.Element {
  const one = () => props.certificate;
  return (
    <tr>
      <th scope="row"><Show when={one().isFiled} fallback={one().number}><A href={`/documents/${one().document}`}>{one().number}</A></Show><small>{one().title}</small></th>
      <td data-label={words.product}><span>{one().product}<Show when={one().serialNumber !== ""}><small>{one().serialNumber}</small></Show></span></td>
      <td data-label={words.holder}>{one().issuedTo}</td>
      <td data-label={words.issued}><span>{plainDate(one().issuedOn)}<small>{words.issuedBy(one().issuedBy)}</small></span></td>
      <td data-label={words.state}><State certificate={one()} /></td>
      <td class="n"><Acts certificate={one()} onRevoke={() => props.onRevoke()} onChanged={() => props.onChanged()} /></td>
    </tr>
  );
}

function State(props: { certificate: CertificateView }): JSX.Element {
  const word = () => stateWords[props.certificate.state];
  return (
    <span>
      <span class="mark" data-tone={word().tone}><span aria-hidden="true">{word().glyph} </span>{word().word}</span>
      <Show when={props.certificate.revokedBecause} fallback={<small>{untilWords(props.certificate)}</small>}>{(because) => <small>{words.revokedBecause(because())}</small>}</Show>
      <Show when={!props.certificate.isFiled}><small>{words.noPaper}</small></Show>
    </span>
  );
}

function untilWords({ expiresOn, state }: CertificateView): string {
  if (expiresOn === null) return words.never;
  return state === "expired" ? words.heldUntil(plainDate(expiresOn)) : words.until(plainDate(expiresOn));
}

function Acts(props: { certificate: CertificateView; onRevoke: () => void; onChanged: () => void }): JSX.Element {
  const [trouble, setTrouble] = createSignal<Trouble>();
  const [shown, setShown] = createSignal<string | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const shop = useShop();
  const one = () => props.certificate;
  const copy = async () => {
    const { number, verifyUrl } = one();
    try {
      await navigator.clipboard.writeText(verifyUrl);
      announce(words.copied(number));
    } catch {
      setShown(words.notCopied(verifyUrl)); // the browser does not say why, and need not: the link can be copied by hand
    }
  };
  const makePaper = async () => {
    setBusy(true);
    const answer = await certificatesApi.makePaper(one().number);
    setBusy(false);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) announce(words.paperMade(one().number));
    props.onChanged();
  };
  return (
    <>
      <div class="row-acts">
        <Show when={one().isFiled || !shop.may("documents.write")} fallback={<Act permission="documents.write" isBusy={isBusy()} onPress={() => void makePaper()}>{words.makePaper}<span class="unseen"> {one().number}</span></Act>}>
          <button type="button" class="button" onClick={() => void copy()}>{words.copy}<span class="unseen"> {one().number}</span></button>
        </Show>
        <Show when={one().state !== "revoked" && shop.may("documents.manage")}><Act permission="documents.manage" onPress={() => props.onRevoke()}>{words.revoke}<span class="unseen"> {one().number}</span></Act></Show>
      </div>
      <Show when={shown()}>{(text) => <p class="small address" role="status">{text()}</p>}</Show>
      <Show when={trouble()}>{(found) => <Problem trouble={found()} />}</Show>
    </>
  );
}
