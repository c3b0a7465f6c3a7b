import { describe, expect, test } from "vitest";
import { isSignedByXero } from "../../../src/providers/xero/webhook";

const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text));

type Vector = { readonly provider: string; readonly key: string; readonly body: string; readonly computed: string };

/** Signatures made by others, where they stand beside the checkout. */
const answer = await fetch("https://shared.test/specs/signature_vectors.json");
const vectors = answer.ok ? (await answer.json<Vector[]>()).filter(({ provider }) => provider === "xero") : [];

describe("a webhook", () => {
  // Made with OpenSSL: printf 'hello' | openssl dgst -sha256 -hmac key -binary | base64
  const [key, body, signature] = ["key", "hello", "kwezuRXvtRcf8U2MtV+8x5jGwO8UVtZt7RpqpyOli3s="];

  test("that was signed with the key is Xero's", async () => {
    expect(await isSignedByXero(key, bytes(body), signature)).toBe(true);
  });

  test.each([
    ["another key", "kez", body, signature], ["another body", key, "hello ", signature], ["another signature", key, body, `l${signature.slice(1)}`],
    ["a cut signature", key, body, signature.slice(0, 20)], ["a signature that is no base64", key, body, "???"], ["an empty signature", key, body, ""],
    ["no signature", key, body, null], ["a signature in other letters", key, body, signature.toLowerCase()],
  ])("with %s is not", async (_, someKey, someBody, someSignature) => {
    expect(await isSignedByXero(someKey, bytes(someBody), someSignature)).toBe(false);
  });

  test.skipIf(vectors.length === 0)("agrees with the signatures that others computed, over the very bytes", async () => {
    for (const vector of vectors) {
      expect(await isSignedByXero(vector.key, bytes(vector.body), vector.computed)).toBe(true);
      expect(await isSignedByXero(vector.key, bytes(JSON.stringify(JSON.parse(vector.body), null, 1)), vector.computed)).toBe(false);
    }
  });
});
