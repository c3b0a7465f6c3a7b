/** Builds the web app to `web/dist`: hashed files under /assets, two pages, and nothing inline (the CSP allows none). */
import { defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";
import { offlineVerifier } from "./offline-verifier";

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

export default defineConfig({
  plugins: [solid(), earlyTheme(), offlineVerifier()],
  build: {
    target: "es2023",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { app: "web/index.html", landing: "web/landing.html" } },
  },
});
