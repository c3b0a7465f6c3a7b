/** The audit log of an organisation. Its shops lie in many zones: instants are shown in UTC. */
import { Show, type JSX } from "solid-js";
import { hqShellWords } from "../../hq-words";
import { useHq } from "../../ui/hq";
import { stateOfPageWords as words } from "../../words";
import { hqAuditApi } from "../audit/api";
import { AuditLog } from "../audit/log";

/** /audit */
export default function HqAuditPage(): JSX.Element {
  const hq = useHq();
  return (
    <Show when={hq.may("hq.audit.read")} fallback={<div class="notice"><h1>{words.notPermitted}</h1><p>{hqShellWords.askFor(hq.whoMay("hq.audit.read"))}</p></div>}>
      <AuditLog api={hqAuditApi} zone="UTC" />
    </Show>
  );
}
