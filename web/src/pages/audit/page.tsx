/** The audit log of a shop. */
import type { JSX } from "solid-js";
import { useShop } from "../../ui/shop";
import { Permitted } from "../../ui/states";
import { shopAuditApi } from "./api";
import { AuditLog } from "./log";

/** /audit */
export default function AuditPage(): JSX.Element {
  const shop = useShop();
  return <Permitted permission="audit.read"><AuditLog api={shopAuditApi} zone={shop.view().zone} /></Permitted>;
}
