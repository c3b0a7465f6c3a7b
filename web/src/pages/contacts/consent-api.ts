/** What is asked of the server about somebody's consent. */
import { hc } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { Channel, ConsentSource } from "../../../../src/features/consent/contract";
import { ask, clientOptions } from "../../ask";

const contact = hc<ShopApi>("/", clientOptions).api.contacts[":contact"];
const at = (id: string) => ({ param: { contact: encodeURIComponent(id) } });

export type AgreedWay = Extract<ConsentSource, "web_form" | "call" | "staff" | "text">;
export type StopWay = Extract<ConsentSource, "web_form" | "call" | "staff">;
type Noted<Way> = { readonly source: Way; readonly words: string; readonly saidAt: number };

export const consentApi = {
  agree: (id: string, said: Noted<AgreedWay> & { readonly channel: Channel }) => ask(() => contact.consent.agree.$post({ ...at(id), json: said })),
  stop: (id: string, said: Noted<StopWay>) => ask(() => contact.consent.stop.$post({ ...at(id), json: said })),
  decide: (id: string, isStop: boolean) => ask(() => contact.consent.decide.$post({ ...at(id), json: { isStop } })),
};
