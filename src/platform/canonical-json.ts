/** Canonical JSON where the platform has always found it; the kernel holds it, since a browser checks hashes with it too. */
export { canonicalJson, type Json } from "../kernel/canonical-json";
