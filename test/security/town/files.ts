/** A shop drops files for a while in its till's place: one that waits and is taken, one that is let go, one of its own layout. */
import type { ConnectionsView } from "../../../src/features/connections/contract";
import type { UploadAnswer } from "../../../src/features/files/contract";
import { signIn, type Person } from "./people";
import { ownerOf } from "./plan";
import { connect, type Working } from "./set-up";
import { apiUrl, type Town } from "./town";

const HEADINGS = "Day,Kind,Total,Customer,Card\n";
const LAYOUT = { name: "Our till", headings: ["Day", "Kind", "Total", "Customer", "Card"], part: "whole", columns: { date: "Day", category: "Kind", amount: "Total" }, dates: "mdy", decimals: "point", tender: "Card", tipInAmount: true };

/** The last that happens in a town; the till is connected again afterwards. */
export async function dropFiles(town: Town, { shop, tillId }: Pick<Working, "shop" | "tillId">): Promise<void> {
  const owner = await signIn(town.handle, shop, ownerOf(shop.plan).email);
  const call = async <T>(method: "GET" | "POST" | "PUT", path: string, body?: unknown) => await owner.visitor.call<T>(method, apiUrl(shop, path), body);
  await call("POST", `/connections/${tillId}/disconnect`);
  await call("POST", "/connections", { provider: "file" });
  const { connections } = await call<ConnectionsView>("GET", "/connections");
  const files = connections.find(({ provider }) => provider === "file")?.id ?? "";
  const { id: location } = await call<{ readonly id: string }>("POST", "/locations", { connection: files, name: "Stall", zone: "America/New_York" });
  await call("PUT", `/locations/${location}`, { startsOn: "2030-07-01", cutOffMinutes: 0 });
  await call("PUT", "/files/layouts", LAYOUT);
  await call("PUT", "/files/places", { places: [{ name: "The stall", location }] });
  const rows = (total: string) => `${HEADINGS}7/12/2030,Class,${total},Guest of files,4111111111118317\n`;
  for (const act of ["take", "dismiss"]) {
    const waiting = await upload(owner, apiUrl(shop, "/files?name=july.csv"), `${rows("12.50")}7/12/2030,Class,much,Guest of files,8317\n`);
    if (waiting.kind === "dropped") await call("POST", `/files/${waiting.drop.id}/${act}`, {});
  }
  await upload(owner, apiUrl(shop, "/files?name=july.csv"), rows("14.50"));
  await town.work();
  await call("GET", "/files");
  await call("POST", `/connections/${files}/disconnect`);
  await connect(owner, shop, "square");
}

async function upload(owner: Person, url: string, content: string): Promise<UploadAnswer> {
  const response = await owner.send(new Request(url, { method: "POST", body: content, headers: { "content-type": "text/csv", "sec-fetch-site": "same-origin", accept: "application/json" } }));
  if (!response.ok) throw new Error(`a file was refused: ${response.status}`);
  return await response.json();
}
