/** Bundles the TypeScript entries of the bench, for Node or for workerd, into a directory that git ignores. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

export const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, "../..");
export const scratch = path.join(root, ".wrangler/bench");

/** Bundles `test/bench/<name>.ts` with everything it imports. Answers the path of the one module that comes out. */
export async function bundle(name, target) {
  await build({
    configFile: false, root, logLevel: "error",
    ssr: { noExternal: true, target: target === "workerd" ? "webworker" : "node" },
    build: {
      ssr: path.join(here, `${name}.ts`), outDir: scratch, emptyOutDir: false, minify: false,
      rolldownOptions: { external: [/^node:/, /^cloudflare:/], output: { entryFileNames: `${name}.js`, codeSplitting: false } },
    },
  });
  return path.join(scratch, `${name}.js`);
}
