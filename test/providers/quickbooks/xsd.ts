/** A small reader of Intuit's XSDs, the only official schema of QuickBooks Online: element names are the JSON names. */

type Member = { readonly type: string };
type ComplexType = { readonly base: string | null; readonly members: ReadonlyMap<string, Member>; readonly isText: boolean };

export type Schema = {
  /** Paths of a JSON value that its type does not know, or whose plain type is wrong: `JournalEntry.Line[0].Foo`. */
  readonly faults: (type: string, value: unknown, path?: string) => string[];
};

/** Reads the complex types of some XSD files. */
export function readSchema(files: readonly string[]): Schema {
  const types = new Map<string, ComplexType>();
  const elements = new Map<string, string>();
  for (const file of files) readFile(file.replaceAll(/<!--.*?-->/gs, ""), types, elements);
  const memberOf = (type: string, name: string): Member | undefined => {
    const known = types.get(type);
    const own = known?.members.get(name);
    if (own !== undefined || known === undefined) return own;
    if (known.isText && name === "value") return { type: "xs:string" };
    return known.base === null ? undefined : memberOf(known.base, name);
  };
  const faults = (type: string, value: unknown, path = type): string[] => {
    if (Array.isArray(value)) return value.flatMap((one, i) => faults(type, one, `${path}[${i}]`));
    if (!types.has(type)) return isPlain(type, value) ? [] : [`${path} is no ${type}`];
    return Object.entries(value as object).flatMap(([name, inner]) => {
      const member = memberOf(type, name);
      if (member === undefined) return [`${path}.${name}`];
      return faults(elements.get(member.type) ?? member.type, inner, `${path}.${name}`);
    });
  };
  return { faults };
}

function readFile(text: string, types: Map<string, ComplexType>, elements: Map<string, string>): void {
  for (const [, name = "", type = ""] of text.matchAll(/^\t?<xs:element name="(\w+)"\s+type="([\w:]+)"/gm)) elements.set(`ref:${name}`, type);
  for (const [, name = "", body = ""] of text.matchAll(/<xs:complexType name="(\w+)"[^>]*>(.*?)<\/xs:complexType>/gs)) {
    const members = new Map<string, Member>();
    for (const [tag] of body.matchAll(/<xs:(?:element|attribute)\s[^>]*>/g)) {
      const reference = attribute(tag, "ref");
      const type = reference === null ? (attribute(tag, "type") ?? "xs:string") : `ref:${reference}`;
      members.set(reference ?? attribute(tag, "name") ?? "", { type });
    }
    types.set(name, { base: /<xs:extension base="(\w+)"/.exec(body)?.[1] ?? null, members, isText: body.includes("<xs:simpleContent>") });
  }
}

function attribute(tag: string, name: string): string | null {
  return new RegExp(`\\s${name}="(?:\\w+:)?(\\w+)"`).exec(tag)?.[1] ?? null;
}

function isPlain(type: string, value: unknown): boolean {
  if (type === "boolean") return typeof value === "boolean";
  if (type === "decimal" || type === "int" || type === "integer") return typeof value === "number";
  return typeof value !== "object" || type === "anyType" || type === "";
}
