/** The fonts that paper is set in: files among the web app's (`web/vite.config.ts` puts them there), fetched when something is drawn. */
import type { Bindings } from "../../platform/env";

/** Noto Serif knows Latin, Greek and Cyrillic; DejaVu Sans adds Hebrew, Arabic, Armenian, Georgian, Lao and many signs. */
export const FONT_FILES = ["NotoSerif-Regular.ttf", "NotoSerif-SemiBold.ttf", "DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"] as const;
export type FontFile = (typeof FONT_FILES)[number];

/** Gives the bytes of a font. */
export type FontFiles = (file: FontFile) => Promise<Uint8Array<ArrayBuffer>>;

/** The fonts of this deployment. Throws where one is not there: then the web app was not built. */
export function fontsOf(env: Pick<Bindings, "ASSETS">): FontFiles {
  return async (file) => {
    // The host is not looked at: the binding knows paths alone.
    const found = await env.ASSETS.fetch(new Request(`https://assets.invalid/fonts/${file}`));
    if (found.status !== 200) throw new Error(`the font ${file} is not among the deployed files`);
    return new Uint8Array(await found.arrayBuffer());
  };
}
