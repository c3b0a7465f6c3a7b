/** The recording under all tests would notice: a write at a till, and a change in the books. */
import { describe, expect, it } from "vitest";
import { changeIn, strayIn, type Sent } from "../support/sent";

const to = (method: string, url: string, body = ""): Sent => ({ method, url: new URL(url), body });
const ENTRY = "https://quickbooks.api.intuit.com/v3/company/1/journalentry";

describe("the recording of all tests notices", () => {
  it.each([
    to("POST", "https://connect.squareup.com/v2/orders"), to("DELETE", "https://connect.squareup.com/v2/locations"), to("GET", "https://elsewhere.test/"),
  ])("a stray call: $method $url.pathname", (sent) => expect(strayIn(sent)).toBe(true));

  it.each([
    to("POST", ENTRY, '{"Id":"1","SyncToken":"0","Line":[]}'), to("POST", `${ENTRY}?operation=delete`, "{}"), to("DELETE", ENTRY),
    to("POST", ENTRY, '{"Line":[{"AccountRef":{"value":"1"}}],"sparse":true}'),
  ])("a change: $method $url.search $body", (sent) => expect(changeIn(sent)).not.toBeNull());

  it("and lets reads and creations be", () => {
    const created = to("POST", `${ENTRY}?requestid=r`, '{"DocNumber":"DB-PIR-260714-S1","Line":[{"JournalEntryLineDetail":{"AccountRef":{"value":"1"}}}]}');
    expect([strayIn(created), changeIn(created)]).toEqual([false, null]);
    const read = to("GET", "https://connect.squareup.com/v2/locations");
    expect([strayIn(read), changeIn(read)]).toEqual([false, null]);
  });
});
