/** What tests of the mapping do besides reading days: choosing a location, and saving as a page would. */
import { expect } from "vitest";
import type { ConnectionsView } from "../../../src/features/connections/contract";
import { api, read } from "../connections/browser";
import type { Shop } from "./shop";

export { api, read };

/** Chooses a location of the till from a date on, and answers its id. */
export async function addLocation({ house, owner }: Shop, name: string): Promise<string> {
  const { locations } = await read<ConnectionsView>(await api(owner, house.harbour, "GET", "/connections"));
  const id = locations.find((location) => location.name === name)?.id ?? "";
  const chosen = await api(owner, house.harbour, "PUT", `/locations/${id}`, { startsOn: "2026-07-01", cutOffMinutes: 0 });
  expect(chosen.status).toBe(200);
  return id;
}
