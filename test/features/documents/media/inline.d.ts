/** Vite hands a file asked for with `?inline` over as a data URL. */
declare module "*?inline" {
  const url: string;
  export default url;
}
