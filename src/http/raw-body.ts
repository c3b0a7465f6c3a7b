/** Bodies that are files: taken as they come, by routes that read them by themselves and to a limit of their own. */
import { failed, ok, type Result } from "../kernel/result";

/** The one type of such a body: what a form or a foreign page can send by itself is another (Fetch, CORS-safelisted), and what the bytes are is found in them. */
const RAW_TYPE = "application/octet-stream";

/** A body on its way, and how long it says to be: the runtime lets no more through. */
export type RawBody = { readonly body: ReadableStream<Uint8Array>; readonly sizeBytes: number };

/**
 * A request's body, unread. `wrong_media_type` for any type but bytes; `too_large` for what says to be larger than
 * `limitBytes`; `invalid_input` for one that is empty or does not say its length, which the bucket must be told.
 */
export function rawBody({ headers, body }: Request, limitBytes: number): Result<RawBody> {
  if (headers.get("content-type") !== RAW_TYPE) return failed({ kind: "wrong_media_type", expected: RAW_TYPE });
  const length = headers.get("content-length") ?? "";
  if (!/^\d{1,15}$/.test(length)) return unusable("The browser did not say how long the file is. Try another browser, or send it in parts.");
  const sizeBytes = Number(length);
  if (sizeBytes > limitBytes) return failed({ kind: "too_large", limitBytes });
  return sizeBytes === 0 || body === null ? unusable("The file is empty.") : ok({ body, sizeBytes });
}

function unusable(message: string): Result<never> {
  return failed({ kind: "invalid_input", message, fields: [{ path: "file", message }] });
}
