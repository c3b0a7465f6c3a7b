/** Builds the web app to `web/dist`: hashed files under /assets, two pages, and nothing inline (the CSP allows none). */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { build, defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";
import { FONT_SOURCES } from "./fonts.ts";

/** Runs before the first paint, so that a chosen theme never flashes the other one. */
const EARLY_THEME = `try{const t=localStorage.getItem("theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;

/** Puts the early theme script into the app's page as a hashed file of its own. */
function earlyTheme(): Plugin {
  let reference = "";
  return {
    name: "early-theme",
    apply: "build",
    buildStart() {
      reference = this.emitFile({ type: "asset", name: "theme.js", source: EARLY_THEME });
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const page = bundle["index.html"];
        if (page?.type !== "asset") throw new Error("the app's page was not built");
        const tag = `<script src="/${this.getFileName(reference)}"></script>`;
        page.source = String(page.source).replace("<head>", `<head>\n    ${tag}`);
      },
    },
  };
}

/** The offline verifier of audit logs: built into one HTML file, with a policy that lets in exactly that and no network. */
const folder = path.join(import.meta.dirname, "src/verifier");

/** Puts `audit-verifier.html` beside the app's own pages. */
function offlineVerifier(): Plugin {
  return {
    name: "offline-verifier",
    apply: "build",
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: "audit-verifier.html", source: pageOf(await bundled()) });
    },
  };
}

/** The verifier's code as one script, with nothing left to import. */
async function bundled(): Promise<string> {
  const built = await build({
    configFile: false, root: folder, logLevel: "error",
    build: { write: false, target: "es2023", modulePreload: false, rolldownOptions: { input: path.join(folder, "verifier.ts"), output: { codeSplitting: false } } },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ("output" in one ? one.output : []));
  const [script, ...others] = outputs.filter((output) => output.type === "chunk");
  if (script === undefined || others.length > 0) throw new Error("the verifier is one script");
  // A closing tag in a string would end the script: there is none, and there shall never be one.
  if (/<\/script/i.test(script.code)) throw new Error("the verifier's script would end early");
  return script.code.trim();
}

function pageOf(script: string): string {
  const style = readFileSync(path.join(folder, "page.css"), "utf8").trim();
  const parts = { SCRIPT: script, STYLE: style, SCRIPT_HASH: hashOf(script), STYLE_HASH: hashOf(style) };
  return readFileSync(path.join(folder, "page.html"), "utf8").replace(/%(SCRIPT_HASH|STYLE_HASH|SCRIPT|STYLE)%/g, (_, name: keyof typeof parts) => parts[name]);
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** Puts the fonts that the Worker draws paper with beside the pages: it fetches them from there. */
function paperFonts(): Plugin {
  return {
    name: "paper-fonts",
    apply: "build",
    generateBundle() {
      for (const [file, source] of Object.entries(FONT_SOURCES)) {
        this.emitFile({ type: "asset", fileName: `fonts/${file}`, source: readFileSync(path.join(import.meta.dirname, "../node_modules", source)) });
      }
    },
  };
}

export default defineConfig({
  plugins: [solid(), earlyTheme(), offlineVerifier(), paperFonts()],
  build: {
    target: "es2023",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { app: "web/index.html", landing: "web/landing.html" } },
  },
});
