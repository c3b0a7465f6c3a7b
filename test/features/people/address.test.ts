/** Which addresses are taken, and in which one form: two people's addresses never become one. */
import { describe, expect, it } from "vitest";
import { emailAddress } from "../../../src/features/people/contract";
import { HAS_VECTORS, vectorFile } from "../../support/vectors";

const linesOf = async (name: string) => (await (await vectorFile(`payloads/${name}`)).text()).split("\n").filter((line) => line !== "");
const stored = (typed: string): string | null => emailAddress.safeParse(typed).data ?? null;

describe("an address", () => {
  it.skipIf(!HAS_VECTORS)("is refused when it is none: the whole list of bad ones", async () => {
    const bad = await linesOf("email-invalid.txt");
    expect(bad.length).toBeGreaterThan(20);
    expect(bad.filter((line) => stored(line) !== null)).toEqual([]);
  });

  it.skipIf(!HAS_VECTORS)("is taken when it is a plain one; quoted names, bare hosts and letters outside ASCII are not", async () => {
    const taken = (await linesOf("email-valid.txt")).filter((line) => stored(line) !== null);
    expect(taken).toEqual(expect.arrayContaining(["email@eaddress.com", "firstname+lastname@address.com", "email@subdomain.address.com", "0123456789@address.com"]));
    expect(taken.filter((line) => !/^[a-z0-9._%+'-]+@[a-z0-9.-]+\.[a-z]{2,}$/i.test(line))).toEqual([]);
  });

  it.each([
    "admin＠victim.com", "\u212aelvin@victim.com", "adm\u0131n@victim.com", "o\ufb01ce@victim.com", "admin@victim.com\n", "admin@victim.com\r\nbcc: other@victim.com",
    "admin@victim.com,other@victim.com", "admin@victim.com;other@victim.com", "admin@victim.com other@victim.com", "Admin <admin@victim.com>", "admin@victim.com.", "admin@victim。com",
    "admin@vict\u200bim.com", "\u202eadmin@victim.com", "admin@victim.com\u0000", "a".repeat(250) + "@victim.com", "admin@xn--.com/", "admin@[127.0.0.1]",
  ])("%j is refused, and becomes nobody's", (typed) => {
    expect(stored(typed)).toBeNull();
  });

  it("is one in any case, and another with a dot or a plus", () => {
    expect(stored("Mara.Lindqvist@Harbour.EXAMPLE")).toBe("mara.lindqvist@harbour.example");
    expect(new Set(["mara.lindqvist@x.example", "maralindqvist@x.example", "mara.lindqvist+books@x.example"].map(stored)).size).toBe(3);
  });
});
