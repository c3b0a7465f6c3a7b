/** The audit log of an organisation; its dates and times are UTC, since its people work in many zones. */
import { Show, type JSX } from "solid-js";
import { useHq } from "../../ui/hq";
import { stateOfPageWords } from "../../words";
import { hqAuditApi } from "../audit/api";
import { AuditLog } from "../audit/log";

/** /audit */
export default function HqAuditPage(): JSX.Element {
  const hq = useHq();
  return (
    <Show when={hq.may("hq.audit.read")} fallback={<div class="notice"><h1>{stateOfPageWords.notPermitted}</h1></div>}>
      <AuditLog api={hqAuditApi} zone="UTC" />
    </Show>
  );
}
