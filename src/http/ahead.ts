/** What is asked for ahead of time, by nobody: what leaves a trace or takes something away waits for a person. */
import { failed, ok, type Result } from "../kernel/result";

/**
 * `conflict` for a look ahead: HEAD, which brings no content, and what a browser fetches before anybody asked for it
 * (`Sec-Purpose`, Fetch Standard section 3.7; `Purpose`, its older name).
 */
export function admitDeliberate(request: Request): Result<void> {
  const purpose = `${request.headers.get("sec-purpose") ?? ""} ${request.headers.get("purpose") ?? ""}`.toLowerCase();
  const isAhead = request.method === "HEAD" || /\bpre(?:fetch|render|view)\b/.test(purpose);
  return isAhead ? failed({ kind: "conflict", message: "A file is taken away when somebody asks for it, and not ahead of time." }) : ok(undefined);
}
