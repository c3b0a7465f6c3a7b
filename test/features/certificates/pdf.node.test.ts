/** A certificate on paper says everything, in any script, the same each time, and fits its frame whatever people write. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { canPrint, certificatePdf, unprintable, type CertificateFace, type Logo } from "../../../src/features/certificates/pdf";
import { codeOn, faceOf, fonts, HAS_READER, pagesOf, withPdf } from "./paper";

async function textOf(changes: Partial<CertificateFace> = {}): Promise<string> {
  return pagesOf(await certificatePdf(faceOf(changes), fonts)).join("\n");
}

/** What poppler says about a file: its pages, their size, and everything in its metadata. */
function aboutOf(pdf: Uint8Array): string {
  return withPdf(pdf, (file) => execFileSync("pdfinfo", [file], { encoding: "utf8" }));
}

/** Eight dots of green by two, with a clear corner, and one dot of a photo: both as small as they come. */
const PNG: Logo = { type: "image/png", bytes: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAgAAAACCAYAAABllJ3tAAAAFUlEQVR42mNgAALZbP//uDBeSRAGAEIvG4sD0FMEAAAAAElFTkSuQmCC", "base64") };
const JPEG: Logo = { type: "image/jpeg", bytes: Buffer.from("/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APn+v//Z", "base64") };

const LONG_TERMS = "We mend what breaks, or replace it by an equal one. ".repeat(76);

describe.skipIf(!HAS_READER)("a certificate on paper (skipped where poppler is not installed: apt-get install poppler-utils)", () => {
  it("says by whom, to whom, for what, under which number, from when, until when, and where to check it", async () => {
    const text = await textOf();
    for (const said of [
      "Harbour Coffee", "Warranty Certificate", "warrants the machine named below", "Issued to", "Ágnes Kovács", "Linea Mini espresso machine", "LM-2204-00817", "HC-00012",
      "14 July 2026", "13 July 2028", "Defects in material", "scan the code or open:",
    ]) expect(text, said).toContain(said);
    expect(text.replace(/\s/g, "")).toContain(faceOf().verifyUrl);
    expect(await textOf({ expiresOn: null, serialNumber: "" })).toMatch(/Valid through +No expiry/);
  });

  it("has a code that a phone reads, also off a bad print", async () => {
    const pdf = await certificatePdf(faceOf({ paper: "a4", title: "T".repeat(80) }), fonts);
    for (const dotsPerInch of [72, 150, 300]) expect(codeOn(pdf, dotsPerInch)).toBe(faceOf().verifyUrl);
  });

  it("shows the shop's own picture above its name, and says which ones it cannot", async () => {
    for (const logo of [PNG, JPEG]) {
      expect(await canPrint(logo)).toBe(true);
      const pdf = await certificatePdf(faceOf({ logo }), fonts);
      expect(withPdf(pdf, (file) => execFileSync("pdfimages", ["-list", file], { encoding: "utf8" }))).toMatch(/\n +1 +0 +(?:image|smask) /);
      expect(pagesOf(pdf).join("")).toContain("Harbour Coffee");
    }
    expect(await canPrint({ type: "image/png", bytes: new TextEncoder().encode("no picture") })).toBe(false);
    expect(await canPrint({ type: "image/jpeg", bytes: PNG.bytes })).toBe(false);
  });

  it("is one page of the paper that the shop's country uses", async () => {
    expect(aboutOf(await certificatePdf(faceOf(), fonts))).toMatch(/Pages: +1\n[\s\S]*612 x 792 pts \(letter\)/);
    expect(aboutOf(await certificatePdf(faceOf({ paper: "a4" }), fonts))).toMatch(/Pages: +1\n[\s\S]*\(A4\)/);
  });

  it("is the same to the last byte for the same certificate, and says nothing of a person that is not printed", async () => {
    const [one, other] = [await certificatePdf(faceOf(), fonts), await certificatePdf(faceOf(), fonts)];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
    const about = aboutOf(one);
    expect(about).toContain("Warranty Certificate HC-00012");
    expect(about).toMatch(/Producer: +Daybook/);
    expect(about).not.toMatch(/Author|Subject|Keywords|Kovács/);
  });

  it("writes Latin, Greek, Cyrillic, Hebrew and Arabic, and mixes them as one reads them", async () => {
    const text = await textOf({ issuedTo: "Łódź Việt Ωμέγα Щука", product: "מכונה Linea 2024 (חדש)", shop: "محمد علي" });
    for (const said of ["Łódź Việt Ωμέγα Щука", "מכונה", "חדש", "Linea 2024", "محمد علي"]) expect(text, said).toContain(said);
  });

  it("goes on over pages with long terms, each of which says to which certificate it belongs", async () => {
    const pages = pagesOf(await certificatePdf(faceOf({ terms: LONG_TERMS }), fonts));
    expect(pages).toHaveLength(2);
    expect(pages[1]).toContain("Terms of HC-00012");
    expect(pages.join(" ").match(/\bmend\b/g)).toHaveLength(76);
  });

  it("fits whatever is as long as it may be, and what has no space to break at", async () => {
    const long = { shop: "S".repeat(80), title: "T".repeat(80), statement: "W".repeat(400), issuedTo: "N".repeat(120), product: "P".repeat(120), serialNumber: "9".repeat(60) };
    const text = (await textOf({ ...long, terms: LONG_TERMS })).replace(/\s/g, "");
    for (const said of Object.values(long)) expect(text.split(said[0] ?? "").length - 1, said).toBeGreaterThanOrEqual(said.length);
  });

  it("draws hostile text as text", async () => {
    const text = await textOf({ issuedTo: "(Tj) ET \\) >> endstream", product: "<script>%%EOF", serialNumber: "\u202Eexe.doc" });
    for (const said of ["(Tj) ET \\) >> endstream", "<script>%%EOF", "exe.doc"]) expect(text, said).toContain(said);
  });
});

describe("what cannot be printed", () => {
  it("is named letter by letter, each once, before anything is issued", async () => {
    expect(await unprintable(fonts, ["Grüße 張偉", "張 💰"])).toEqual(["張", "偉", "💰"]);
    expect(await unprintable(fonts, ["Ágnes", "Łódź", "Ωμέγα", "שלום", "سلام", "Հայ", "ქართ", "“–…” ½ ™ ✓", "a\nb\u200b"])).toEqual([]);
  });
});
