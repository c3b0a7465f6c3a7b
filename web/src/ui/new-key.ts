/** A key for one attempt at something, however often it is sent: 128 random bits in base32, as the server's own ids are. */
export function newKey(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  return Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => letters[byte % 32]).join("");
}
