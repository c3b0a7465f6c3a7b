/** Pages that only somebody signed in sees. */
import { useLocation, useNavigate } from "@solidjs/router";
import { createEffect } from "solid-js";
import { onwards } from "../addresses";
import { watchPage } from "../watch";
import type { Live } from "./live";

/** Leads to the sign-in page, or to the second factor, whoever is not (wholly) signed in. */
export function leadToSignIn(live: Live<unknown>): void {
  const navigate = useNavigate();
  const at = useLocation();
  createEffect(() => live.value() !== undefined && watchPage(() => void live.reload()));
  createEffect(() => {
    const kind = live.trouble()?.kind;
    if (kind === "not_signed_in") navigate(`/sign-in${onwards(at.query)}`, { replace: true });
    if (kind === "second_factor_needed") navigate(`/second-factor${onwards(at.query)}`, { replace: true });
  });
}
