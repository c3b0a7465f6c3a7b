/** What the pages of certificates ask of the server. */
import { hc } from "hono/client";
import type { ShopApi } from "../../../../src/app";
import type { CertificateRequest, TemplateChange } from "../../../../src/features/certificates/contract";
import { ask, clientOptions } from "../../ask";

const api = hc<ShopApi>("/", clientOptions).api;
const certificate = api.certificates[":number"];
const templates = api["certificate-templates"];

const numberAt = (number: string) => ({ param: { number: encodeURIComponent(number) } });
const templateAt = (template: string) => ({ param: { template: encodeURIComponent(template) } });

/** Certificates and their templates. `after` is `next` of the page before. */
export const certificatesApi = {
  certificates: (search: string, after?: string) => ask(() => api.certificates.$get({ query: { ...(search === "" ? {} : { search }), ...(after === undefined ? {} : { after }) } })),
  issue: (json: CertificateRequest) => ask(() => api.certificates.$post({ json })),
  makePaper: (number: string) => ask(() => certificate.paper.$post({ ...numberAt(number), json: {} })),
  revoke: (number: string, because: string) => ask(() => certificate.revoke.$post({ ...numberAt(number), json: { because } })),
  saveTemplate: (template: string | null, json: TemplateChange) => ask(() => (template === null ? templates.$post({ json }) : templates[":template"].$put({ ...templateAt(template), json }))),
  archiveTemplate: (template: string, version: number, archived: boolean) => ask(() => templates[":template"].archive.$post({ ...templateAt(template), json: { version, archived } })),
  /** Pictures that could be a logo: those that are called so. */
  logos: () => ask(() => api.documents.$get({ query: { search: "logo", kind: "photo" } })),
};
