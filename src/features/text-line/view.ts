/** A shop's line as the web app sees it. */
import { ok, type Result } from "../../kernel/result";
import { roleMay } from "../../kernel/roles";
import type { Visit } from "../../http/guard";
import { readConfig, type Bindings } from "../../platform/env";
import type { TextingView } from "./contract";
import { REGISTRATION_WORDS, STATES } from "./rules";
import { hookUrlOf } from "./service";
import { lineQuery } from "./store";

/** The line as it stands now. The account and the webhook addresses are for those who may set it up. */
export async function viewLine(env: Bindings, { db, role }: Pick<Visit, "db" | "role">): Promise<Result<TextingView>> {
  const config = readConfig(env);
  const mayManage = roleMay(role, "messages.manage");
  const [row] = await lineQuery(db);
  if (row === undefined || row.state === "removed") return ok({ line: null, version: row?.version ?? 0, mayManage });
  const { number, formerNumbers, serviceSid, accountKind, accountSid, state, registration, displayName, helpContact, perMinute, segmentMicros, changedAt } = row;
  return ok({
    line: {
      number, formerNumbers: [...formerNumbers], serviceSid, displayName, helpContact, perMinute, segmentMicros, changedAt,
      account: mayManage ? { kind: accountKind, sid: accountSid } : null,
      state: { kind: state, ...STATES[state] },
      registration: { kind: registration, ...REGISTRATION_WORDS[registration] },
      hooks: mayManage ? { arrived: hookUrlOf(config, row, "arrived"), status: hookUrlOf(config, row, "status") } : null,
    },
    version: row.version,
    mayManage,
  });
}
