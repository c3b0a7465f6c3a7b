/** Filing many at once: each file has its own fate, a line that breaks is waited for, and what arrived is never sent again. */
import { describe, expect, it, vi } from "vitest";
import type { DocumentItem, FileQuery, UploadStart, UploadView } from "../../../src/features/documents/contract";
import type { Answer, Trouble } from "../../../web/src/ask";
import { missingParts } from "../../../web/src/pages/documents/parts";
import type { Prepared } from "../../../web/src/pages/documents/prepare";
import type { Sending } from "../../../web/src/pages/documents/send-bytes";
import { steadily, type Line } from "../../../web/src/pages/documents/steady";
import { createUploads, type Filing, type Surroundings, type Uploads } from "../../../web/src/pages/documents/uploads";

const FILING: Filing = { kind: null, subjectKind: "shop", subject: "", makesSmaller: false };
const refused: Trouble = { kind: "invalid_input", title: "This is a GIF.", next: "", fields: [], reference: "" };
const lost: Trouble = { ...refused, kind: "offline", title: "Daybook could not be reached." };
const good = <T>(value: T): Answer<T> => ({ ok: true, value });
const bad = (failure: Trouble): Answer<never> => ({ ok: false, failure });
const file = (name: string, text = "x") => new File([text], name, { lastModified: 1 });
const settled = async () => {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
};

const document = (title: string): DocumentItem => ({
  id: title.padEnd(26, "a"), version: 1, kind: "photo", subjectKind: "shop", subject: "", title, tags: [], fileName: title, mediaType: "image/jpeg", sizeBytes: 1, width: null, height: null,
  issuedOn: null, expiresOn: null, isSealed: false, createdAt: 1, changedAt: 1, createdBy: "Ada", thumbnailUrl: null,
});

/** Nothing is under way any more: reading and adding up bytes takes turns of its own. */
const rested = async ({ isBusy }: Uploads) => await vi.waitUntil(() => !isBusy(), { timeout: 5_000, interval: 1 });

type Sent = { readonly query: FileQuery; readonly sending: Sending; readonly answer: (answer: Answer<{ document: DocumentItem }>) => void };

/** A desk whose server is the test itself. */
function desk(change: Partial<Surroundings["api"]> = {}, line: Partial<Line> = {}, isLarge = false) {
  const sent: Sent[] = [];
  const described: string[] = [];
  const done: number[] = [];
  const cancelled: string[] = [];
  const uploads = createUploads({
    api: {
      file: async (_body, query, sending) => await new Promise((answer) => {
        sent.push({ query, sending, answer });
        sending.signal.addEventListener("abort", () => answer(bad(lost)));
      }),
      setThumbnail: async (id) => good({ document: document(id) }),
      describe: async (_id, { title }) => {
        described.push(title);
        return good({ document: document(title) });
      },
      startUpload: async () => bad(refused), upload: async () => bad(refused), sendPart: async () => bad(refused), completeUpload: async () => bad(refused),
      cancelUpload: async (id) => {
        cancelled.push(id);
        return good({ removed: true });
      },
      ...change,
    },
    line: { isOnline: () => true, untilOnline: async () => undefined, pause: async () => undefined, ...line },
    prepare: async (one): Promise<Prepared> => ({ body: one, name: one.name, checksum: isLarge ? null : "c".repeat(43), pixels: null, thumbnail: null }),
    onAllDone: (filed) => done.push(filed),
  });
  const states = () => uploads.all().map(({ state }) => state);
  const nth = (index: number) => {
    const one = uploads.all()[index];
    if (one === undefined) throw new Error(`no upload ${index}`);
    return one;
  };
  return { uploads, sent, described, done, cancelled, states, nth };
}

describe("ten files", () => {
  it("go three at a time, and one that is refused keeps the nine others", async () => {
    const { uploads, sent, states, done } = desk();
    uploads.add(Array.from({ length: 10 }, (_, index) => file(`photo-${index}.txt`)), FILING, []);
    await settled();
    expect([sent.length, states().filter((state) => state === "queued").length]).toEqual([3, 7]);
    for (let index = 0; index < 10; index += 1) {
      sent[index]?.answer(index === 4 ? bad(refused) : good({ document: document(`photo-${index}`) }));
      await settled();
    }
    expect([states().filter((state) => state === "filed").length, states()[4], uploads.filedCount(), uploads.isBusy(), done]).toEqual([9, "failed", 9, false, [9]]);
    expect(new Set(sent.map(({ query }) => query.key)).size).toBe(10);
  });

  it("are tried again under the same key, so that nothing is filed twice; other bytes go under another", async () => {
    const { uploads, sent, nth, states } = desk();
    uploads.add([file("a.txt")], FILING, []);
    await settled();
    sent[0]?.answer(bad(refused));
    await settled();
    expect(nth(0).trouble).toEqual(refused);
    uploads.again(nth(0).id);
    await settled();
    sent[1]?.answer(bad(refused));
    await settled();
    uploads.again(nth(0).id, true);
    await settled();
    expect([sent[0]?.query.key === sent[1]?.query.key, sent[1]?.query.key === sent[2]?.query.key]).toEqual([true, false]);
    sent[2]?.answer(good({ document: document("a") }));
    await settled();
    expect([states(), nth(0).trouble]).toEqual([["filed"], null]);
  });
});

describe("a file", () => {
  it("is filed as what the page shows, named after itself", async () => {
    const { uploads, sent } = desk();
    uploads.add([file("front_view.jpg")], FILING, []);
    uploads.add([new File(["x"], "IMG_1.jpg", { type: "image/jpeg" })], { ...FILING, subjectKind: "job", subject: "1042" }, []);
    await settled();
    expect(sent.map(({ query: { key: _key, ...query } }) => query)).toEqual([
      { name: "front_view.jpg", kind: "other", subjectKind: "shop", title: "front view", checksum: "c".repeat(43) },
      { name: "IMG_1.jpg", kind: "photo", subjectKind: "job", subject: "1042", title: "IMG 1", checksum: "c".repeat(43) },
    ]);
  });

  it("can be named while it is on its way, and afterwards", async () => {
    const { uploads, sent, described, nth } = desk();
    uploads.add([file("a.txt")], FILING, []);
    await settled();
    uploads.rename(nth(0).id, "Counter, front");
    sent[0]?.answer(good({ document: document("a") }));
    await settled();
    expect([described, nth(0).document?.title]).toEqual([["Counter, front"], "Counter, front"]);
    uploads.rename(nth(0).id, "Counter");
    await settled();
    expect([described.at(-1), nth(0).document?.title]).toEqual(["Counter", "Counter"]);
  });

  it("says how far it is, and that it is being checked once all has left", async () => {
    const { uploads, sent, nth } = desk();
    uploads.add([file("a.txt", "x".repeat(200))], FILING, []);
    await settled();
    sent[0]?.sending.onProgress(50);
    expect([nth(0).state, nth(0).part]).toEqual(["sending", 0.25]);
    sent[0]?.sending.onProgress(200);
    expect([nth(0).state, nth(0).part]).toEqual(["checking", 1]);
  });

  it("is stopped where it is, and leaves the list and its place to the next", async () => {
    const { uploads, sent, states, nth } = desk();
    uploads.add([0, 1, 2, 3].map((index) => file(`${index}.txt`)), FILING, []);
    await settled();
    uploads.drop(nth(1).id);
    await settled();
    expect([sent[1]?.sending.signal.aborted, sent.length, states()]).toEqual([true, 4, ["sending", "sending", "sending"]]);
  });

  it.each([["empty.txt", 0, "empty"], ["huge.bin", 5_000_000_001, "larger than 5 GB"]])("is refused here where nothing could come of it: %s", async (name, size, why) => {
    const { uploads, sent, nth } = desk();
    uploads.add([Object.defineProperty(file(name), "size", { value: size })], FILING, []);
    await settled();
    expect([sent.length, nth(0).state]).toEqual([0, "failed"]);
    expect(nth(0).trouble?.title).toContain(why);
  });

  it("that cannot be read says so, and can be chosen again", async () => {
    const { uploads, nth } = desk({ file: async () => { throw new DOMException("gone", "NotReadableError"); } });
    uploads.add([file("a.txt")], FILING, []);
    await settled();
    expect([nth(0).state, nth(0).trouble?.title]).toEqual(["failed", "This file could not be read from your device."]);
  });
});

describe("a line that breaks", () => {
  it("is waited for, and then the file goes on by itself", async () => {
    let isOnline = true;
    let back: () => void = () => undefined;
    const { uploads, sent, states } = desk({}, { isOnline: () => isOnline, untilOnline: async () => await new Promise((resolve) => (back = resolve)) });
    uploads.add([file("a.txt")], FILING, []);
    await settled();
    isOnline = false;
    sent[0]?.answer(bad(lost));
    await settled();
    expect([states(), sent.length]).toEqual([["offline"], 1]);
    isOnline = true;
    back();
    await settled();
    expect([states(), sent.length, sent[0]?.query.key === sent[1]?.query.key]).toEqual([["sending"], 2, true]);
  });

  it("that is there and does not carry is tried three times; a refusal never is", async () => {
    const tried = async (failure: Trouble) => {
      let tries = 0;
      const line: Line = { isOnline: () => true, untilOnline: async () => undefined, pause: async () => undefined };
      await steadily(line, new AbortController().signal, () => undefined, async () => {
        tries += 1;
        return bad(failure);
      });
      return tries;
    };
    expect([await tried(lost), await tried(refused)]).toEqual([3, 1]);
  });
});

describe("a large file", () => {
  const PART = 10;
  const view = (parts: number[]): UploadView => ({ id: "u".repeat(26), name: "large.pdf", sizeBytes: 45, partBytes: PART, parts, expiresAt: 1 });
  const large = () => file("large.pdf", "0123456789".repeat(5).slice(0, 45));

  /** A server that keeps parts; `fails` says which part it refuses, and how often. The first `together` ones wait for each other. */
  function keeper(arrived: number[], fails = new Map<number, number>(), together = 1) {
    const parts = new Map(arrived.map((part) => [part, "earlier"]));
    const starts: UploadStart[] = [];
    let atOnce = 0;
    let mostAtOnce = 0;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const api: Partial<Surroundings["api"]> = {
      startUpload: async (start) => {
        starts.push(start);
        return good(view([]));
      },
      upload: async () => good(view([...parts.keys()])),
      sendPart: async (_id, part, body, checksum, { onProgress }) => {
        mostAtOnce = Math.max(mostAtOnce, (atOnce += 1));
        if (mostAtOnce === together) open();
        await gate;
        onProgress(body.size);
        atOnce -= 1;
        const left = fails.get(part) ?? 0;
        fails.set(part, left - 1);
        if (left > 0) return bad(refused);
        expect(checksum).toMatch(/^[\w-]{43}$/);
        parts.set(part, await body.text());
        return good(view([...parts.keys()]));
      },
      completeUpload: async () => (parts.size === 5 ? good({ document: document("large") }) : bad(refused)),
    };
    return { api, parts, starts, most: () => mostAtOnce };
  }

  it("goes in parts, three at once, each whole and in its place", async () => {
    const { api, parts, starts, most } = keeper([], new Map(), 3);
    const { uploads, states } = desk(api, {}, true);
    uploads.add([large()], FILING, []);
    await rested(uploads);
    expect([states(), parts.size, parts.get(1), parts.get(5), most()]).toEqual([["filed"], 5, "0123456789", "01234", 3]);
    expect(starts).toEqual([{ kind: "other", subjectKind: "shop", subject: "", title: "large", tags: [], issuedOn: null, expiresOn: null, name: "large.pdf", sizeBytes: 45 }]);
  });

  it("is gone on with after a reload where the same file is chosen: what arrived is not sent again", async () => {
    const { api, parts, starts } = keeper([1, 2, 4]);
    const { uploads, states } = desk(api, {}, true);
    const unfinished = [{ id: "u".repeat(26), name: "large.pdf", sizeBytes: 45, arrivedBytes: 30, createdAt: 1, expiresAt: 2 }];
    uploads.add([large()], FILING, unfinished);
    await rested(uploads);
    expect([states(), starts, parts.get(1), parts.get(3)]).toEqual([["filed"], [], "earlier", "0123456789"]);
    expect(missingParts(view([1, 2, 4]))).toEqual([3, 5]);
  });

  it("is not sent again where it was completed and only the answer was lost; one that was given up begins anew", async () => {
    const gone = async () => bad({ ...refused, kind: "not_found" as const });
    const unfinished = [{ id: "u".repeat(26), name: "large.pdf", sizeBytes: 45, arrivedBytes: 45, createdAt: 1, expiresAt: 2 }];
    const completed = keeper([]);
    const one = desk({ ...completed.api, upload: gone, completeUpload: async () => good({ document: document("large") }) }, {}, true);
    one.uploads.add([large()], FILING, unfinished);
    await rested(one.uploads);
    expect([one.states(), completed.starts.length, completed.parts.size]).toEqual([["filed"], 0, 0]);
    const { api, starts, parts } = keeper([]);
    const other = desk({ ...api, upload: gone, completeUpload: async (id) => (parts.size === 5 ? good({ document: document(id) }) : await gone()) }, {}, true);
    other.uploads.add([large()], FILING, unfinished);
    await rested(other.uploads);
    expect([other.states(), starts.length, parts.size]).toEqual([["filed"], 1, 5]);
  });

  it("begins anew for a file of another size", async () => {
    const { api, starts } = keeper([]);
    const { uploads } = desk(api, {}, true);
    uploads.add([file("large.pdf", "x".repeat(45))], FILING, [{ id: "u".repeat(26), name: "large.pdf", sizeBytes: 44, arrivedBytes: 30, createdAt: 1, expiresAt: 2 }]);
    await rested(uploads);
    expect(starts.length).toBe(1);
  });

  it("stops at a part that is refused, and goes on from there when it is tried again", async () => {
    const { api, parts, starts } = keeper([], new Map([[2, 1]]));
    const { uploads, nth, states } = desk(api, {}, true);
    uploads.add([large()], FILING, []);
    await rested(uploads);
    expect([nth(0).state, nth(0).trouble, nth(0).begun, parts.has(2)]).toEqual(["failed", refused, "u".repeat(26), false]);
    uploads.again(nth(0).id);
    await rested(uploads);
    expect([states(), starts.length, parts.size]).toEqual([["filed"], 1, 5]);
  });

  it("that is cancelled is let go at the server too", async () => {
    const { api } = keeper([], new Map([[1, 9]]));
    const { uploads, nth, cancelled } = desk(api, {}, true);
    uploads.add([large()], FILING, []);
    await rested(uploads);
    uploads.drop(nth(0).id);
    expect([cancelled, uploads.all()]).toEqual([["u".repeat(26)], []]);
  });
});
