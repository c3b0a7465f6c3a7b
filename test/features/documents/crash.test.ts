/**
 * Whatever dies or fails, before or after its effect, at any await: never a document without its object, never an object
 * that nothing knows of; and once the sweep has come by, the bucket holds what the rows name and nothing else.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { DAY, systemRandom } from "../../../src/kernel/clock";
import { newId, type DocumentId, type ShopId } from "../../../src/kernel/ids";
import { fileMade } from "../../../src/features/documents/service";
import { fileDocument, replaceContent, type Clerk } from "../../../src/features/documents/filing";
import { removeDocument, setRule } from "../../../src/features/documents/organise";
import type { UploadView } from "../../../src/features/documents/contract";
import { beginUpload, cancelUpload, completeUpload, keepPart } from "../../../src/features/documents/uploads";
import { setThumbnail } from "../../../src/features/documents/thumbnail";
import type { UploadId } from "../../../src/features/documents/store";
import { sweepOnce } from "../../../src/features/documents/sweep";
import type { ShopCard } from "../../../src/http/guard";
import { digestOf } from "../../../src/platform/digest";
import type { Bindings } from "../../../src/platform/env";
import { sizedOf } from "../../../src/platform/objects";
import { actorNamed, DAYBOOK } from "../../../src/platform/audit-leaf";
import { HOWS, runWith, type Fault } from "../../support/faults";
import { must } from "../../support/people";
import { inventoryOf, openDrawer, pdfOf, rowsOf, type Drawer } from "./drawer";
import { smallPicture } from "./pictures";

let drawer: Drawer;
let shop: Pick<ShopCard, "id" | "shard">;

const LONGEST_MS = 240_000;
const SAID = { kind: "warranty", subjectKind: "product", subject: "SN-1", title: "A kettle", tags: [], issuedOn: null, expiresOn: null } as const;

beforeAll(async () => {
  drawer = await openDrawer();
});

function clerkAt(env: Bindings): Clerk {
  return { world: drawer.world, env, db: rowsOf(env, shop), actor: actorNamed("daybook"), role: "owner" };
}

const sent = (text: string) => ({ name: "warranty.pdf", content: sizedOf(pdfOf(text)), checksum: null });

/** What is there before an act, as it is made without any fault. */
type Before = { readonly id: DocumentId; readonly key: string; readonly upload: UploadView };

/** A file that comes in one part: what joins several is told in `parts.test.ts`. */
const WHOLE = pdfOf("in parts");
const START = { ...SAID, tags: [], name: "manual.pdf", sizeBytes: WHOLE.byteLength };

async function part(clerk: Clerk, upload: UploadView) {
  return await keepPart(clerk, upload.id as UploadId, { number: 1, checksum: await digestOf(WHOLE), content: sizedOf(WHOLE) });
}

/** Each act: what it needs to be there, and what it does. Every one may be done again. */
const ACTS: Readonly<Record<string, { readonly needs?: "document" | "upload" | "whole_upload" | "strays"; readonly act: (clerk: Clerk, before: Before) => Promise<unknown> }>> = {
  "filing": { act: async (clerk, { key }) => await fileDocument(clerk, { name: "warranty.pdf", key }, sent("new")) },
  "replacing": { needs: "document", act: async (clerk, { id }) => await replaceContent(clerk, id, { name: "newer.pdf", version: 1 }, sent("newer")) },
  "picturing": { needs: "document", act: async (clerk, { id }) => await setThumbnail(clerk, id, 1, sizedOf(smallPicture())) },
  "removing": { needs: "document", act: async (clerk, { id }) => await removeDocument(clerk, id) },
  "beginning an upload": { act: async (clerk) => await beginUpload(clerk, START) },
  "sending a part": { needs: "upload", act: async (clerk, { upload }) => await part(clerk, upload) },
  "completing": { needs: "whole_upload", act: async (clerk, { upload }) => await completeUpload(clerk, upload.id as UploadId) },
  "cancelling": { needs: "whole_upload", act: async (clerk, { upload }) => await cancelUpload(clerk, upload.id as UploadId) },
  "sweeping": { needs: "strays", act: async (clerk) => await sweepOnce(clerk) },
  "filing what Daybook made": {
    act: async ({ world, env, db }, { id }) => await fileMade(world, env, db, { ...SAID, id, kind: "report", fileName: "report.pdf", mediaType: "application/pdf", bytes: pdfOf("made"), actor: DAYBOOK }),
  },
};

/** Every other shop seals what it keeps. */
let isSealed = false;

async function prepare(needs: string | undefined): Promise<Before> {
  shop = { id: newId<ShopId>(systemRandom), shard: 0 };
  const clerk = clerkAt(drawer.env);
  isSealed = !isSealed;
  if (isSealed) must(await setRule(clerk, true));
  const key = newId(systemRandom);
  const id = needs === "document" ? must(await fileDocument(clerk, { name: "warranty.pdf", key: newId(systemRandom) }, sent("old"))) : newId<DocumentId>(systemRandom);
  if (needs === "document") must(await setThumbnail(clerk, id, 1, sizedOf(smallPicture())));
  const upload = needs?.includes("upload") === true ? must(await beginUpload(clerk, START)) : { id: "", name: "", sizeBytes: 0, partBytes: 0, parts: [], expiresAt: 0 };
  if (needs === "whole_upload") must(await part(clerk, upload));
  if (needs === "strays") await leaveStrays(clerk);
  return { id, key, upload };
}

/** Three objects that nothing came of, and an upload that is over. */
async function leaveStrays(clerk: Clerk): Promise<void> {
  for (const text of ["one", "two", "three"]) {
    await runWith(clerk.env, { at: 3, how: "dies_after" }, async (env) => await fileDocument(clerkAt(env), { name: "x.pdf", key: newId(systemRandom) }, sent(text)));
  }
  must(await beginUpload(clerk, START));
  drawer.pass(7 * DAY);
}

/** What must hold at any moment: every document has its object, and every object has somebody who knows of it. */
async function wrongNow(): Promise<string[]> {
  const { named, held, strays } = await inventoryOf(shop);
  return [...named.filter((key) => !held.includes(key)).map((key) => `no object: ${key}`), ...held.filter((key) => !named.includes(key) && !strays.includes(key)).map((key) => `nobody's: ${key}`)];
}

/** What must hold once everything that was begun was given up or swept. */
async function wrongAfterwards(): Promise<string[]> {
  drawer.pass(7 * DAY);
  while (await sweepOnce(clerkAt(drawer.env)) > 0);
  const { named, held, strays, uploads, usage, documents } = await inventoryOf(shop);
  const totalBytes = documents.reduce((sum, row) => sum + row.size_bytes, 0);
  return JSON.stringify([held, [], 0, documents.length, totalBytes]) === JSON.stringify([named, strays, uploads, usage.document_count, usage.total_bytes]) ? [] : [JSON.stringify({ held, named, strays, uploads, usage })];
}

describe.each(Object.entries(ACTS))("%s", (_, { needs, act }) => {
  it("that dies or fails at any await leaves nothing behind that is not known, and can be done again", async () => {
    const before = await prepare(needs);
    const { steps, outcome } = await runWith(drawer.env, null, async (env) => await act(clerkAt(env), before));
    expect(outcome).toMatchObject({ value: expect.anything() });
    expect(steps).toBeGreaterThan(2);
    expect([...await wrongNow(), ...await wrongAfterwards()]).toEqual([]);
    const wrong: string[] = [];
    for (const fault of Array.from({ length: steps }, (__, at) => HOWS.map((how): Fault => ({ at, how }))).flat()) {
      const own = await prepare(needs);
      await runWith(drawer.env, fault, async (env) => await act(clerkAt(env), own));
      const now = await wrongNow();
      const again = await act(clerkAt(drawer.env), own).catch((error: unknown) => `threw ${String(error)}`);
      wrong.push(...[...now, ...await wrongNow(), ...await wrongAfterwards(), ...(typeof again === "string" ? [again] : [])].map((what) => `${fault.how} ${fault.at}: ${what}`));
    }
    expect(wrong).toEqual([]);
  }, LONGEST_MS);
});
