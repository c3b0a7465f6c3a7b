/** Strings and texts that have broken parsers: ours always, the public collections where they stand beside the checkout. */

/** Texts that are no JSON at all, or none that may be believed. */
export const BROKEN_JSON: readonly string[] = [
  "{", "[", "}", "nul", "undefined", "NaN", "Infinity", "'x'", "{'a':1}", '{"a":1,}', '{"a" 1}', "[1,]", "01", "1.", ".5", "+1", "0x10", '"\u0001"',
  '"\\x"', '"\\ud8"', "//x\n{}", "/**/{}", "{}{}", "{} x", "\ufeff{}", "\u00a0{}", "<xml/>", "a=b&c=d", "\u0000", '{"a":1}\u0000', '{"":', '"',
];

/** Whole values that no route of ours takes. */
export const FOREIGN_JSON: readonly string[] = [
  "null", "true", "0", "-0", "1e400", "-1e400", "9007199254740993", '"text"', "[]", "[[]]", "[{}]", '{"":""}', '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}', '{"toString":1}', `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
  `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, `[${"1,".repeat(30_000)}1]`, `"${"x".repeat(60_000)}"`,
];

/** Values that fit no field, or must not. */
export const HOSTILE_VALUES: readonly unknown[] = [
  null, true, -1, 1.5, 9_007_199_254_740_992, -0, [], {}, [[]], "", " ", "\u0000", "a\u0000b", "\ud800", "\udfff\ud800", "\u202e", "\ufeff",
  "'; DROP TABLE day; --", "' OR 1=1 --", "${7*7}", "{{7*7}}", "<script>alert(1)</script>", "../../etc/passwd", "%00", "\r\nset-cookie: a=b",
  "__proto__", "constructor", "x".repeat(10_000), { $ne: null }, { toString: 1 }, ["2030-07-13"], "2030-02-30", "0000-00-00", "9999-12-31",
];

/** Path segments that have led parsers astray, as they stand in an address. */
export const HOSTILE_SEGMENTS: readonly string[] = [
  "%00", "%2e%2e%2f", "..%2f..%2f", "%252e%252e", "%ff", "%c0%af", "%f0%28%8c%28", "%ud800", "%", "%zz", "'%20OR%201=1--", "%3Cscript%3E", "null",
  "undefined", "__proto__", "constructor", "0", "-1", "1e9", "*", ":location", "%20", "%0d%0aset-cookie:a=b", "a".repeat(8_000), "%F0%9F%92%A9", "{}", "[]",
];

/** Where a page or a call should lead and must not. */
export const HOSTILE_QUERIES: readonly string[] = [
  "?", "?from", "?from=&to=", "?from=2030-07-13", "?from=2030-02-30&to=2030-07-13", "?from=2030-07-13&to=2030-07-01", "?from=0001-01-01&to=9999-12-31",
  "?from=2030-07-13&from=2030-07-14&to=2030-07-14", "?from[]=2030-07-13&to=2030-07-14", "?from=2030-07-13&to=2030-07-14&shop_id=1", "?__proto__=1",
  "?from=%00&to=%00", "?from=%ff&to=%zz", `?from=${"9".repeat(8_000)}&to=1`, "?from=2030-07-13%0d%0a&to=2030-07-14", "?to=//evil.example", "?to=https://evil.example",
  "?to=/%5cevil.example", "?to=javascript:alert(1)", "?code=%00&to=/", "?site=&challenge=&to=/", "?site=harbour-quixotic&challenge=short", "?ticket=%00", "?ticket=x",
];

/** The file of the public collections, or null where it is not beside the checkout. */
export async function payloadFile(name: string): Promise<string | null> {
  const response = await fetch(`https://shared.test/vectors/payloads/${name}`);
  return response.ok ? await response.text() : null;
}
