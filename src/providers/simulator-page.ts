/** The frame of a simulator's few pages for people. No scripts; the links are relative, so that any prefix works. */
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = html`<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
  header { border-bottom: 1px solid; padding-bottom: .5rem; margin-bottom: 1rem; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
  header strong { margin-right: auto; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
  .amount { text-align: right; font-variant-numeric: tabular-nums; }
  tfoot td { border-top: 3px double; border-bottom: 0; font-weight: 600; }
  fieldset { border: 1px solid; padding: .5rem 1rem; } .choice { display: block; padding: .4rem 0; }
  button { font: inherit; padding: .35rem .9rem; min-height: 2.25rem; } .primary { font-weight: 600; }
  .wide { overflow-x: auto; } .quiet { opacity: .75; }
</style>`;

/** A whole page of the simulated `vendor`; `navigation` stands beside its name. */
export function page(vendor: string, title: string, body: Html, navigation: Html | "" = ""): Html {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – ${vendor} (simulated)</title>${STYLE}</head>
    <body><header><strong>${vendor} (simulated)</strong>${navigation}</header><main>${body}</main></body></html>`;
}
