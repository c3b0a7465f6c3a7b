/** Small things that were each a mistake once somewhere: not here. */
import { describe, expect, it } from "vitest";
import { codeBelow, textOf } from "./sources";

type Habit = { readonly what: string; readonly pattern: RegExp; readonly where: readonly string[]; readonly except?: readonly string[]; readonly example: string };

const HABITS: readonly Habit[] = [
  {
    what: "no interactive transaction: D1 has none, and drizzle's fails at BEGIN",
    pattern: /\.transaction\(/,
    where: ["src"],
    example: "await db.transaction(async (tx) => {})",
  },
  {
    what: "no console: what is logged goes through the allow-list",
    pattern: /\bconsole\.\w+\(/,
    where: ["src", "web"],
    except: ["src/platform/log.ts"],
    example: 'console.log("token", token)',
  },
  {
    what: "no any",
    pattern: /(?::|\bas|<)\s*any\b(?!["'])/,
    where: ["src", "web", "test"],
    except: ["test/rules/habits.test.ts"],
    example: "const x = y as any;",
  },
  {
    what: "no clock, randomness or network but those passed in",
    pattern: /\bDate\.now\(|\bMath\.random\(|\bcrypto\.getRandomValues\(|\bcrypto\.randomUUID\(|(?:await|return|=>|=)\s*fetch\(/,
    where: ["src"],
    except: ["src/kernel/clock.ts", "src/sandbox/start.mjs", "src/sandbox/coffee.mjs", "src/worker.ts"],
    example: "const now = Date.now();",
  },
  {
    what: "nothing that turns text into code or markup",
    pattern: /\binnerHTML\b|\beval\(|\bnew Function\(|document\.write\(/,
    where: ["src", "web"],
    example: "element.innerHTML = name;",
  },
  {
    what: "nothing decided by searching an error's prose",
    pattern: /\.message\.(?:includes|match|startsWith|endsWith|indexOf|search)\(/,
    where: ["src", "web"],
    example: 'if (error.message.includes("UNIQUE")) return;',
  },
  {
    what: "nothing left for later",
    pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/,
    where: ["src", "web"],
    example: "// TODO: handle refunds",
  },
];

describe.each(HABITS)("$what", ({ pattern, where, except = [], example }) => {
  it("holds in every file", () => {
    const found = codeBelow(...where).filter((file) => !except.includes(file)).flatMap((file) => (
      textOf(file).split("\n").flatMap((line, index) => (pattern.test(line) && !/^\s*(?:\*|\/\/|\/\*)/.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : []))
    ));
    expect(found).toEqual([]);
  });

  it("would be noticed", () => {
    expect(example).toMatch(pattern);
  });
});
