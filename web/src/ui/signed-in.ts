/** Pages that only somebody signed in sees. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect, createMemo } from "solid-js";
import { onwards } from "../addresses";
import type { Live } from "./live";
import { watchSession } from "./watch";

/** Leads to the sign-in page, or to the second factor, whoever is not (wholly) signed in, and whoever is signed out elsewhere. */
export function leadToSignIn(live: Live<unknown>): void {
  const navigate = useNavigate();
  const isKnown = createMemo(() => live.value() !== undefined);
  createEffect(() => {
    if (isKnown()) watchSession({ onEnded: () => location.assign("/sign-in"), onChanged: () => void live.reload() });
  });
  const at = useLocation();
  createEffect(() => {
    const kind = live.trouble()?.kind;
    if (kind === "not_signed_in") navigate(`/sign-in${onwards(at.query)}`, { replace: true });
    if (kind === "second_factor_needed") navigate(`/second-factor${onwards(at.query)}`, { replace: true });
  });
}
