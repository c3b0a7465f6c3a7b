/**
 * The pages run under `require-trusted-types-for 'script'`. Solid turns its compiled templates into elements through
 * `innerHTML`; this policy lets exactly such markup through and nothing that could ever run.
 */

type Policy = { createHTML(markup: string): string };
type TrustedTypes = { createPolicy(name: string, policy: Policy): unknown };

/** What no template of ours contains: scripts, frames, handlers, and addresses that are code. */
const CAN_RUN = /<\s*\/?\s*(?:script|iframe|object|embed|base|meta|style)|[\s"'/]on[a-z]+\s*=|javascript:|srcdoc/i;

/** Passes markup through unless it could run; throws on what could, because no template of ours does. */
export function inertMarkup(markup: string): string {
  if (CAN_RUN.test(markup)) throw new TypeError("markup that could run was refused");
  return markup;
}

/** Installs the policy where the browser knows Trusted Types; elsewhere the CSP's script-src stands alone. */
export function installTrustedTypes(): void {
  const trusted = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  trusted?.createPolicy("default", { createHTML: inertMarkup });
}
