/** Files that are taken away: written piece by piece while they are sent, by a press and never ahead of one, and so often an hour. */
import type { Context } from "hono";
import type { Result } from "../kernel/result";
import { admitDeliberate } from "./ahead";
import { takeTurn } from "./limit";
import { refuse } from "./respond";

/** A file that is on its way: its name, its type, and its bytes piece by piece. */
export type ExportedFile = { readonly name: string; readonly type: string; readonly body: ReadableStream<Uint8Array> };

/** A turn at taking a file away. It writes a line, so nobody's browser does it ahead of a press: such a look takes no turn either. */
export async function takeExport(c: Context, owner: string): Promise<Result<void>> {
  const deliberate = admitDeliberate(c.req.raw);
  return deliberate.ok ? await takeTurn(c, "export", { shop: owner }) : deliberate;
}

/** A file to keep, never to be opened in the page's place nor kept by anything in between. */
export function download(c: Context, file: Result<ExportedFile>) {
  if (!file.ok) return refuse(c, file.failure);
  const { name, type, body } = file.value;
  return c.body(body, 200, { "content-type": type, "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" });
}

/** Text as a stream of UTF-8; each piece is asked for when the one before is on its way. */
export function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const part = await parts.next();
      if (part.done === true) controller.close();
      else controller.enqueue(encoder.encode(part.value));
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
}
