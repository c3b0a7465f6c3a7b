/** The fonts among the static files, as a deployment has them: paper can be drawn in a test. */
import type { Bindings } from "../../src/platform/env";

/** The bindings with the fonts behind ASSETS; `vitest.config.ts` gives them out of their packages. */
export function withFonts(env: Bindings): Bindings {
  const serve = async (request: Request) => await fetch(new URL(new URL(request.url).pathname.replace("/fonts/", "/"), "https://fonts.test"));
  return { ...env, ASSETS: { fetch: serve } as unknown as Bindings["ASSETS"] };
}
