/**
 * What counts as one address. An IPv6 customer has a /64 at least and a new address for every request if they like
 * (RFC 6177, RFC 8981), so the /64 is what is counted; an IPv4 address written as IPv6 (RFC 4291 section 2.5.5.2) is
 * the IPv4 address.
 */

/** `203.0.113.7` for itself and for `::ffff:203.0.113.7`; `2001:db8:0:1::/64` for all of that network. */
export function networkOf(address: string): string {
  const text = address.trim().toLowerCase();
  if (!text.includes(":")) return text;
  // The URL standard's own parser: it knows every spelling, and writes them all in one way.
  const host = URL.parse(`http://[${text}]/`)?.hostname;
  if (host === undefined) return text;
  const groups = groupsOf(host.slice(1, -1));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return dotted(groups.slice(6));
  return `${groups.slice(0, 4).map((group) => group.toString(16)).join(":")}::/64`;
}

/** The eight groups of an address that has at most one `::`. */
function groupsOf(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const [before, after] = [numbersOf(head), numbersOf(tail ?? "")];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

function numbersOf(part: string): number[] {
  return part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
}

function dotted(groups: readonly number[]): string {
  return groups.flatMap((group) => [group >> 8, group & 0xff]).join(".");
}
