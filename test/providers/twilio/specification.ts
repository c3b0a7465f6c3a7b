/** Twilio's published OpenAPI descriptions, where they are present, as a judge of the simulator's answers. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";

type Schema = { [name: string]: unknown };
type Document = { paths: Record<string, Record<string, unknown>>; components: { schemas: Record<string, Schema> } };

/** The documents by the host that they describe. */
const FILES: Readonly<Record<string, string>> = { "api.twilio.com": "twilio_api_v2010.json", "messaging.twilio.com": "twilio_messaging_v1.json" };

export type Specification = {
  /** The described path that a path is one of, with `{Name}` for what varies; null where none is. */
  readonly operationOf: (host: string, method: string, pathname: string) => string | null;
  /** What is wrong with an answer, in words; empty when nothing is. Unknown fields are wrong. */
  readonly problemsOf: (host: string, method: string, operation: string, status: number, value: unknown) => readonly string[];
};

/** The folder lies beside the checkout; from a second checkout it lies one level further up. */
export function readSpecification(): Specification | null {
  const root = path.resolve(import.meta.dirname, "../../..");
  const folder = ["../shared", "../../shared"].map((one) => path.join(root, one, "specs/twilio")).find((one) => existsSync(one));
  if (folder === undefined) return null;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  // Twilio's own examples of what it calls an address begin with the path.
  ajv.addFormat("uri", /^(?:https:\/\/[\w.]+)?\/\S+$/);
  ajv.addFormat("date-time-rfc-2822", /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
  ajv.addFormat("phone-number", /^\+[1-9]\d{6,14}$/);
  ajv.addFormat("http-method", /^(?:GET|POST)$/);
  for (const format of ["currency", "uri-map", "phone-number-capabilities"]) ajv.addFormat(format, true);
  const documents = new Map(Object.entries(FILES).map(([host, file]) => [host, JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Document]));
  for (const [host, document] of documents) {
    close(document);
    ajv.addSchema(document, host);
  }
  return {
    operationOf: (host, method, pathname) => Object.entries(documents.get(host)?.paths ?? {})
      .find(([described, methods]) => methods[method.toLowerCase()] !== undefined && matches(described, pathname))?.[0] ?? null,
    problemsOf: (host, method, operation, status, value) => {
      const pointer = ["paths", operation, method.toLowerCase(), "responses", String(status), "content", "application/json", "schema"].map((part) => encodeURIComponent(part.replaceAll("/", "~1"))).join("/");
      const validate = ajv.getSchema(`${host}#/${pointer}`);
      if (validate === undefined) return [`${method} ${operation} does not answer ${status}`];
      const errors = validate(value) === true ? [] : (validate.errors ?? []);
      return errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
    },
  };
}

function matches(described: string, pathname: string): boolean {
  const pattern = described.replaceAll(".", String.raw`\.`).replaceAll(/\{\w+\}/g, "[A-Za-z0-9]+");
  return new RegExp(`^${pattern}$`).test(pathname);
}

/** No field that the description does not name; maps of addresses are open. */
function close(schema: unknown): void {
  if (typeof schema !== "object" || schema === null) return;
  const one = schema as Schema;
  if (one["properties"] !== undefined && one["format"] !== "uri-map") one["additionalProperties"] = false;
  if (one["type"] === undefined) delete one["nullable"];
  for (const inner of Object.values(one)) close(inner);
}
