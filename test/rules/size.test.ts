/** Files and functions stay short enough to be checked by reading, and are named for what they hold. */
import { describe, expect, it } from "vitest";
import { codeBelow, filesBelow, functionsOf, textOf } from "./sources";

const MOST_LINES_OF_A_FILE = 300;
const MOST_LINES_OF_A_FUNCTION = 50;

const code = codeBelow("src", "web", "test");
const linesOf = (file: string) => textOf(file).replace(/\n$/, "").split("\n").length;

describe("files", () => {
  it("are found", () => {
    expect(code.length).toBeGreaterThan(100);
  });

  it("are never longer than 300 lines, styles and migrations included", () => {
    const written = filesBelow("src", "web", "test", "migrations").filter((file) => /\.(?:ts|tsx|mjs|css|sql|html)$/.test(file));
    expect(written.filter((file) => linesOf(file) > MOST_LINES_OF_A_FILE).map((file) => `${file}: ${linesOf(file)}`)).toEqual([]);
  });

  it("of the product are near 100 lines in the middle", () => {
    const lengths = codeBelow("src").map(linesOf).toSorted((one, other) => one - other);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(130);
  });

  it("are never a drawer for everything", () => {
    const drawers = /(?:^|\/)(?:[\w-]*-)?(?:utils?|helpers?|common|managers?|misc)(?:[.-]|\/|$)/i;
    expect(filesBelow("src", "web", "test").filter((file) => drawers.test(file))).toEqual([]);
    for (const drawer of ["src/utils.ts", "src/http/string-helper.ts", "web/src/common/x.ts", "src/lane-manager.ts"]) expect(drawer).toMatch(drawers);
    for (const room of ["src/kernel/money.ts", "test/support/app.ts", "src/communication.ts"]) expect(room).not.toMatch(drawers);
  });

  it("have names in kebab-case", () => {
    const names = code.filter((file) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*$/.test(file.split("/").at(-1) ?? ""));
    expect(names).toEqual([]);
  });
});

describe("functions", () => {
  it("are never longer than 50 lines", () => {
    const long = code.flatMap((file) => (
      functionsOf(file).filter(({ lines }) => lines > MOST_LINES_OF_A_FUNCTION).map(({ line, lines }) => `${file}:${line} ${lines} lines`)
    ));
    expect(long).toEqual([]);
  });

  it("are found", () => {
    expect(functionsOf("src/kernel/money.ts").length).toBeGreaterThan(4);
  });
});
