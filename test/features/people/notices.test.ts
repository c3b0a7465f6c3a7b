/** Letters about security events: what, when and where, in words of ours alone. */
import { describe, expect, it } from "vitest";
import { securityNotice, whenAndWhere } from "../../../src/features/people/notices";
import { deviceInWords } from "../../../src/kernel/device";

const config = { domain: "daybook.example", scheme: "https" } as const;
const at = Date.UTC(2026, 6, 14, 11);
const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

describe("a notice", () => {
  it("says what happened, when, with what and from where, and leads to Daybook's own address", () => {
    const letter = securityNotice(config, "mara@example.com", { kind: "password_changed" }, { at, from: { device: CHROME, place: "Lisbon, PT", address: "203.0.113.7" } });
    expect(letter).toMatchObject({ kind: "password_changed", to: "mara@example.com", subject: "Your password was changed" });
    expect(letter.paragraphs).toContain("It was done on 14 July 2026 at 11:00 UTC, with Chrome on Windows, near Lisbon, PT (203.0.113.7).");
    expect(letter.button?.url).toBe("https://auth.daybook.example/account/security");
  });

  it("repeats nothing that a browser calls itself", () => {
    const device = "Mozilla/5.0 URGENT: call 555-0100 (Windows NT 10.0) Firefox/150.0 <b>now</b>";
    expect(whenAndWhere({ at, from: { device, place: "", address: "" } })).toBe("It was done on 14 July 2026 at 11:00 UTC, with Firefox on Windows.");
  });
});

describe("a browser's name for itself", () => {
  it.each([
    [CHROME, "Chrome on Windows"],
    [`${CHROME} Edg/142.0.0.0`, "Edge on Windows"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15", "Safari on macOS"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"],
    ["Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome on Android"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Linux"],
    ["curl/8.9", "an unknown browser"], ["", "an unknown browser"],
  ])("%j is %s", (userAgent, words) => {
    expect(deviceInWords(userAgent)).toBe(words);
  });
});
