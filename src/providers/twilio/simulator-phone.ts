/** The frame of the demo's phone and of what stands for Twilio's console. */
import { html } from "hono/html";
import type { Html } from "../simulator-page";

const STYLE = [
  ":root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0 auto;max-width:34rem;padding:1rem}a{color:inherit}",
  "header{border-bottom:1px solid;padding-bottom:.5rem;margin-bottom:1rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}header strong{margin-right:auto}",
  "label{display:block;margin:.5rem 0}input,select,textarea,button{font:inherit;padding:.4rem .6rem;min-height:2.5rem;max-width:100%;box-sizing:border-box}",
  "textarea,select,input:not([type=hidden]){width:100%;display:block}.primary{font-weight:600}.quick{margin-top:.75rem}",
  ".talk{list-style:none;padding:0;display:flex;flex-direction:column;gap:.6rem}.talk li{max-width:85%;padding:.5rem .75rem;border-radius:.75rem;border:1px solid;display:grid}",
  ".talk .person{align-self:flex-end;background:color-mix(in srgb,currentColor 10%,transparent)}.talk .note{align-self:center;border-style:dashed}.talk .twilio{border-style:double;border-width:3px}",
  ".who,.quiet{opacity:.85;font-size:.9rem}.words{white-space:pre-wrap;overflow-wrap:anywhere}form.words{white-space:normal}.state{border:1px solid;padding:.5rem .75rem;border-radius:.5rem}",
  "fieldset{border:1px solid;border-radius:.5rem;margin:0 0 1rem;overflow-wrap:anywhere}",
].join("");

/** A whole page. */
export function phonePage(title: string, body: Html): Html {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} – Phone (simulated)</title><style>${STYLE}</style></head>
    <body><header><strong>Phone (simulated)</strong><a href="/">Phone</a><a href="/numbers">Numbers at Twilio</a></header><main>${body}</main></body></html>`;
}
