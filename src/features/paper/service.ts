/** Setting text on paper. Loaded by what draws alone: together with the library it is a third of the Worker. */
export { fontsOf, type FontFile, type FontFiles } from "./fonts";
export { openLook, type Look } from "./look";
export { directionOf, readable } from "./text";
export { lettersMissing, openTypeface, readFonts, type Place, type ReadFont, type Typeface } from "./typeface";
