/** The public form of a shop: where it is, and what somebody typed into it. */
import { failed, ok, type Result } from "../../kernel/result";
import type { ShopCard } from "../../http/guard";
import { originOf } from "../../http/site";
import type { Config } from "../../platform/env";
import { emailAddress } from "../people/contract";
import type { Stopping } from "./stop-at";
import type { Address } from "./subject";

/** The form's path on a shop's own host. */
export const STOP_PATH = "/stop";

/** Where anybody says stop to a shop, without having an account or a message at hand. */
export function stopFormUrl(config: Pick<Config, "domain" | "scheme">, slug: string): string {
  return `${originOf(slug, config)}${STOP_PATH}`;
}

/** The number or email address that was typed, in its stored form; `invalid_input` with a sentence for what is neither. */
export function readTyped(text: string, shop: Pick<ShopCard, "currency" | "zone">, readPhone: Stopping["readPhone"]): Result<Address> {
  const typed = text.trim();
  if (!typed.includes("@")) {
    const phone = readPhone(typed, shop);
    return phone.ok ? ok({ channel: "text", value: phone.value }) : phone;
  }
  const email = emailAddress.safeParse(typed);
  if (email.success) return ok({ channel: "email", value: email.data });
  const message = "That is no email address. It looks like name@example.com.";
  return failed({ kind: "invalid_input", message, fields: [{ path: "address", message }] });
}
