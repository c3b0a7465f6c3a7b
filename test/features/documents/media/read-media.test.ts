/** A file is what its first bytes say, whatever it is called; what may not be filed is refused by name (attacks 49 and 50). */
import { describe, expect, it } from "vitest";
import { joined, toBigEndian, written } from "../../../../src/features/documents/media/bytes";
import { box } from "../../../../src/features/documents/media/heic-boxes";
import { HEAD_BYTES, notFiled, readMedia } from "../../../../src/features/documents/media/read-media";
import { checkText } from "../../../../src/features/documents/media/text";
import { DRAWING, PHONE, PICTURES, SCREEN } from "./pictures";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const brands = (major: string, ...others: readonly string[]): Uint8Array => box("ftyp", written(`${major}\0\0\0\0${others.join("")}`));

describe("what may be filed", () => {
  it.each(PICTURES)("is known by its bytes: $name", ({ bytes, type }) => {
    expect(readMedia(bytes.subarray(0, HEAD_BYTES), "invoice.pdf.exe")).toBe(type);
  });

  it.each([
    ["application/pdf", utf8("%PDF-1.7\n%âãÏÓ\n"), "certificate"],
    ["application/pdf", utf8("%PDF-2.0\n"), "certificate.html"],
    ["image/heic", brands("mif1", "mif1", "heic"), "x"],
    ["image/heic", brands("heix", "mif1"), "x"],
    ["text/plain", utf8("\u{feff}Dear Ann,\r\n\tthe oven is mended: 5 < 7.\f"), "note.txt"],
    ["text/plain", utf8("保証書 · ضمان · 🔥"), "note"],
    ["text/csv", utf8("date;amount\n2026-01-02;=1+1\n"), "export.CSV"],
    ["text/plain", utf8("date,amount\n2026-01-02,3\n"), "export.xlsx"],
  ] as const)("is known by its bytes: %s", (type, bytes, name) => {
    expect(readMedia(bytes, name)).toBe(type);
  });

  it("is text where the head ends within a character", () => {
    const text = utf8("é".repeat(HEAD_BYTES));
    expect(readMedia(text.subarray(0, HEAD_BYTES - 1), "note.txt")).toBe("text/plain");
  });
});

describe("what may not", () => {
  it.each([
    ["an SVG", utf8('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), /SVG/],
    ["an SVG behind a declaration", utf8('<?xml version="1.0"?><svg onload="alert(1)"/>'), /SVG/],
    ["an SVG behind a comment", utf8("\n <!-- a drawing --><svg/>"), /SVG/],
    ["a web page", utf8("\u{feff}\r\n<!DOCTYPE html><body onload=alert(1)>"), /web page/],
    ["a web page behind a script's comment", utf8("/* ** */ // a\n<script>alert(1)</script>"), /web page/],
    ["XML", utf8("<?xml version='1.0'?><a/>"), /XML/],
    ["a GIF", joined([written("GIF89a"), new Uint8Array(20)]), /a GIF/],
    ["a GIF that is JavaScript", utf8("GIF89a/*  */=1;alert(1)//"), /a GIF/],
    ["a PDF that begins late", utf8("// hello\n%PDF-1.4\n1 0 obj"), /PDF with something else before/],
    ["a PDF behind a byte order mark", joined([Uint8Array.of(0xef, 0xbb, 0xbf), written("%PDF-1.4\n")]), /PDF with something else before/],
    ["a script", utf8("#!/bin/sh\nrm -rf /"), /a program/],
    ["a program for Windows", joined([written("MZ"), new Uint8Array(60)]), /a program/],
    ["a program for Linux", joined([written("\u007fELF"), new Uint8Array(60)]), /a program/],
    ["a ZIP, a Word file", written("PK\u0003\u0004\u0014\0\u0006\0"), /ZIP archive, or a Word/],
    ["an old Excel file", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), /old Word or Excel/],
    ["a TIFF", joined([written("II*\0"), new Uint8Array(20)]), /TIFF/],
    ["an AVIF", brands("avif", "mif1", "miaf"), /AVIF/],
    ["a video", brands("isom", "iso2", "mp41"), /video/],
    ["pictures in sequence", brands("msf1", "heic", "hevc"), /moving/],
    ["a HEIC without a word on its codec", brands("mif1", "miaf"), /video or a moving/],
    ["a JPEG that begins late", joined([written("\n"), PHONE.bytes]), /not something/],
    ["the first bytes of a JPEG and a page", joined([Uint8Array.of(0xff, 0xd8, 0xff), written("<script>alert(1)</script>")]), /web page/],
    ["the first bytes of a PNG and a page", joined([SCREEN.bytes.subarray(0, 8), written("<html>")]), /web page/],
    ["a RIFF that is sound", joined([written("RIFF"), toBigEndian(0, 4), written("WAVEfmt ")]), /not something/],
    ["a WebP without a picture", joined([DRAWING.bytes.subarray(0, 12), written("JUNK")]), /not something/],
    ["text with a zero", utf8("hello\0world"), /not something/],
    ["text with an escape of terminals", utf8("hello \u001b[2J"), /not something/],
    ["text in UTF-16", joined([Uint8Array.of(0xff, 0xfe), written("h\0i\0")]), /UTF-16/],
    ["text in Latin-1", written("caf\u00e9 cr\u00e8me"), /not something.*UTF-8/],
    ["PostScript", utf8("%!PS-Adobe-3.0 EPSF-3.0"), /not something/],
    ["RTF", utf8("{\\rtf1\\ansi hello}"), /not something/],
    ["nothing", new Uint8Array(), /an empty file/],
  ] as const)("is refused by name, with what may be sent instead: %s", (_, bytes, words) => {
    for (const name of ["photo.jpg", "table.csv", "paper.pdf"]) expect(readMedia(bytes.subarray(0, HEAD_BYTES), name)).toBeNull();
    const { failure } = notFiled(bytes.subarray(0, HEAD_BYTES));
    expect(failure.kind === "invalid_input" && failure.message).toMatch(words);
    expect(failure.kind === "invalid_input" && failure.message).toMatch(/JPEG, PNG, WebP or HEIC; everything else a PDF/);
  });

  it("is nothing that a shorter head makes of it", () => {
    for (const { bytes } of PICTURES) for (let length = 0; length < 48; length += 1) expect(() => readMedia(bytes.subarray(0, length), "x")).not.toThrow();
  });
});

describe("text that arrives in pieces", () => {
  const whole = utf8("Zürich, 東京 and 🔥\r\n");

  it("is text wherever it is cut", () => {
    for (let at = 0; at <= whole.length; at += 1) {
      const text = checkText();
      expect([text.take(whole.subarray(0, at)), text.take(whole.subarray(at)), text.end()]).toEqual([true, true, true]);
    }
  });

  it.each([
    ["a control character", utf8("a\u0000b")],
    ["what is not UTF-8", written("caf\u00e9 au lait")],
    ["a byte of an archive", Uint8Array.of(0x80)],
  ])("is none from the first piece with %s on", (_, piece) => {
    const text = checkText();
    expect([text.take(whole), text.take(piece), text.take(whole), text.end()]).toEqual([true, false, false, false]);
  });

  it("is none where it ends within a character", () => {
    const text = checkText();
    expect([text.take(utf8("é").subarray(0, 1)), text.end()]).toEqual([true, false]);
  });
});
