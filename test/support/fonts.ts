/** The fonts among the static files, as a deployment has them: paper can be drawn in a test. */
import type { Bindings } from "../../src/platform/env";

/** The bindings with the fonts behind ASSETS, and nothing else. */
export function withFonts(env: Bindings): Bindings {
  return { ...env, ASSETS: { fetch: fontFile } as unknown as Bindings["ASSETS"] };
}

/** A font by its address; `vitest.config.ts` gives it out of its package. 404 for what is none. */
export async function fontFile(request: Request): Promise<Response> {
  return await fetch(new URL(new URL(request.url).pathname.replace("/fonts/", "/"), "https://fonts.test"));
}
