/** Bytes on their way to the server, with a count of what has left this machine: `fetch` tells nothing of that. */
import { markOfIdleness } from "../../idle";

/** What is told and asked while bytes are sent. `signal` stops them. */
export type Sending = { readonly onProgress: (sentBytes: number) => void; readonly signal: AbortSignal };

/** Answers what the server answered, whatever its status; rejects when it cannot be reached, or when it was stopped. */
export async function sendBytes(method: "POST" | "PUT", address: string, body: Blob, { onProgress, signal }: Sending): Promise<Response> {
  const request = new XMLHttpRequest();
  request.open(method, address);
  request.setRequestHeader("content-type", "application/octet-stream");
  for (const [name, value] of Object.entries(markOfIdleness())) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
  const stop = () => request.abort();
  signal.addEventListener("abort", stop);
  try {
    return await new Promise((resolve, reject) => {
      request.addEventListener("load", () => resolve(new Response(request.responseText, { status: request.status })));
      for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => reject(new Error("the bytes did not arrive")));
      if (signal.aborted) reject(new Error("stopped before it began"));
      // Without a type of its own the header above holds: what a file is, is decided from its bytes.
      else request.send(body.slice(0, body.size, ""));
    });
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
