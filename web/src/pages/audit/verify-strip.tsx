/** The strip that says whether the log is as it was written, and by what that is known. */
import { createSignal, Match, Show, Switch, type JSX } from "solid-js";
import type { AuditView } from "../../../../src/features/audit/contract";
import { Problem } from "../../ui/states";
import type { AuditApi } from "./api";
import type { Verified } from "./verify";
import { verifyWords as words } from "./words";

/** Verifies the lines of `view` when it is asked to; the code for that loads then. */
export function VerifyStrip(props: { api: AuditApi; view: AuditView | undefined }): JSX.Element {
  const [verified, setVerified] = createSignal<Verified>();
  const [isBusy, setBusy] = createSignal(false);
  const verify = async () => {
    const { view } = props;
    if (view === undefined || isBusy()) return;
    setBusy(true);
    try {
      const { verifyPage } = await import("./verify");
      setVerified(await verifyPage(props.api, view, localStorage));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card verify" aria-labelledby="verify-title">
      <div class="split">
        <div><h2 id="verify-title">{words.title}</h2><p class="small">{words.about}</p></div>
        <button type="button" class="button primary" aria-disabled={isBusy() ? "true" : undefined} onClick={() => void verify()}>{words.verify}</button>
      </div>
      <div role="status">
        <Show when={!isBusy()} fallback={<p>{words.working}</p>}><Show when={verified()}>{(result) => <Outcome verified={result()} />}</Show></Show>
      </div>
      <p class="small">{words.offline} <a href="/audit-verifier.html" download="" rel="external">{words.offlineLink}</a></p>
    </section>
  );
}

function Outcome(props: { verified: Verified }): JSX.Element {
  return (
    <Switch>
      <Match when={props.verified.kind === "holds" && props.verified}>
        {(held) => <p data-tone="ties"><b class="mark"><span aria-hidden="true">✓ </span>{words.holds(held().lines, held().size)}</b> {held().since === null ? words.firstTime : words.since(held().since ?? 0)}</p>}
      </Match>
      <Match when={props.verified.kind === "broken" && props.verified}>
        {(broken) => <div class="notice failed"><h2><span aria-hidden="true">! </span>{words.broken(broken().seq)}</h2><p>{words.why[broken().why]} {words.brokenNext}</p></div>}
      </Match>
      <Match when={props.verified.kind === "trouble" && props.verified}>{(troubled) => <Problem trouble={troubled().trouble} />}</Match>
      <Match when={props.verified.kind === "nothing"}><p>{words.nothing}</p></Match>
      <Match when={props.verified.kind === "unable"}><p data-tone="held">{words.unable}</p></Match>
    </Switch>
  );
}
