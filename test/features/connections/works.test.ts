import { describe, expect, it } from "vitest";
import type { ConnectionsView } from "../../../src/features/connections/contract";
import { api, connect, read } from "./browser";
import { openHouse } from "./house";

describe("connecting an account", () => {
  it("brings the till with its open locations and the books with their chart, through the providers' own pages", async () => {
    const house = await openHouse();
    const owner = await house.someone("Ada", house.harbour, "owner");
    const till = await connect(house, owner, house.harbour, "square");
    expect(till.headers.get("location")).toBe(`https://${house.harbour.slug}.daybook.example/connections?connected=square`);
    const books = await connect(house, owner, house.harbour, "quickbooks");
    expect(books.headers.get("location")).toBe(`https://${house.harbour.slug}.daybook.example/connections?connected=quickbooks`);
    const view = await read<ConnectionsView>(await api(house, owner, house.harbour, "GET", "/connections"));
    expect(view.connections.map(({ provider, name, state, currency }) => ({ provider, name, state, currency }))).toEqual([
      { provider: "square", name: "Harbour Coffee", state: "connected", currency: null },
      { provider: "quickbooks", name: "Harbour Coffee LLC", state: "connected", currency: "USD" },
    ]);
    expect(view.locations.map(({ name, code, startsOn }) => ({ name, code, startsOn }))).toEqual([
      { name: "Market <b>", code: expect.stringMatching(/^[A-Z0-9]{3}$/), startsOn: null },
      { name: "Pier", code: "PIR", startsOn: null },
    ]);
  });
});
