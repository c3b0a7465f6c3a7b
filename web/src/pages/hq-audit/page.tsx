/** The audit log of an organisation. Its shops lie in many zones: instants are shown in UTC. */
import { Show, type JSX } from "solid-js";
import { hqShellWords } from "../../hq-words";
import { useHq } from "../../ui/hq";
import { NotPermitted } from "../../ui/states";
import { hqAuditApi } from "../audit/api";
import { AuditLog } from "../audit/log";

/** /audit */
export default function HqAuditPage(): JSX.Element {
  const hq = useHq();
  return (
    <Show when={hq.may("hq.audit.read")} fallback={<NotPermitted next={hqShellWords.askFor(hq.whoMay("hq.audit.read"))} />}>
      <AuditLog api={hqAuditApi} zone="UTC" />
    </Show>
  );
}
