/**
 * Somebody who asks about an address learns nothing: known and unknown get the same answer, the same headers, and the
 * same work: statements, rows and letters. How long it takes is measured by `test/bench/timing.mjs`.
 */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createPerson } from "../../../src/features/people/service";
import { createBrowser, createTestWorld } from "../../support/app";
import { lettersTo } from "../../support/mail";
import { must } from "../../support/people";
import { auth, rowsOf, watchedBindings } from "./asking";

const world = createTestWorld();

beforeAll(async () => {
  must(await createPerson(world, env, { name: "Known", email: "known@example.com", isVerified: true }));
  must(await createPerson(world, env, { name: "Gone", email: "gone@example.com", isVerified: true }));
  await env.DIRECTORY.prepare("UPDATE person SET disabled_at = 1 WHERE email = 'gone@example.com'").run();
});

/** Everything about one request that could tell one address from another. */
async function trace(path: string, email: string) {
  const { bindings, statements } = watchedBindings();
  const before = [await rowsOf("mail_proof"), await rowsOf("letter"), await rowsOf("session")];
  const response = await createBrowser(world, bindings).api("POST", `${auth}/api${path}`, { body: { email } });
  const after = [await rowsOf("mail_proof"), await rowsOf("letter"), await rowsOf("session")];
  const headers = [...response.headers].map(([name, value]) => [name, name === "set-cookie" ? value.replace(/=[\w-]{43};/, "=…;") : value]);
  return { status: response.status, text: await response.text(), headers, statements, rows: after.map((rows, index) => rows - (before[index] ?? 0)) };
}

describe.each(["/sign-in/link", "/reset", "/sign-up"])("asking for a letter at %s", (path) => {
  it("answers, writes and works the same for an address that is known, unknown or disabled", async () => {
    const traces = [await trace(path, "known@example.com"), await trace(path, `nobody${path.length}@example.com`), await trace(path, "gone@example.com")];
    expect(traces[0]).toMatchObject({ status: 200, text: "{}" });
    expect(traces[0]?.statements.length).toBeGreaterThan(3);
    // The letter of the purpose before takes the place of the earlier one to the same address; there is none here yet.
    expect(traces[0]?.rows).toEqual([1, 1, 0]);
    for (const other of traces.slice(1)) expect(other).toEqual(traces[0]);
  });

  it("sends each of them one letter", async () => {
    for (const email of ["known@example.com", `nobody${path.length}@example.com`]) {
      const before = (await lettersTo(world, email)).length;
      await trace(path, email);
      expect((await lettersTo(world, email)).length - before).toBe(1);
    }
  });

  it.each(["nobody", "a@b", "admin＠example.com", "known@example.com\nbcc: x@example.com", "known@example.com,other@example.com", "\u212anown@example.com", "Known <known@example.com>"])(
    "refuses %j, and sends nothing", async (email) => {
      const before = await rowsOf("letter");
      const response = await createBrowser(world).api("POST", `${auth}/api${path}`, { body: { email } });
      expect(response.status).toBe(400);
      expect(await rowsOf("letter")).toBe(before);
    },
  );
});
