/** The offline verifier: one page, built into one file, that checks an audit log from one's own disk. */
import { readExport } from "../../../src/kernel/audit-export";
import { verifyExport, type Verdict } from "../../../src/kernel/audit-verify";
import { factsOf, sentenceOf, verifierWords as words } from "./words";

function element(name: string): HTMLElement {
  const found = document.getElementById(name);
  if (found === null) throw new Error(`the page has no ${name}`);
  return found;
}

/** Words only, never markup: everything in a file may be somebody else's. */
function line(tag: string, text: string, tone?: "good" | "bad"): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  if (tone !== undefined) made.className = tone;
  return made;
}

function show(...parts: readonly HTMLElement[]): void {
  element("outcome").replaceChildren(...parts);
}

async function textsOf(name: string): Promise<string[]> {
  const chosen = element(name);
  if (!(chosen instanceof HTMLInputElement)) return [];
  return await Promise.all(Array.from(chosen.files ?? [], async (file) => await file.text()));
}

async function check(): Promise<void> {
  const [text] = await textsOf("file");
  if (text === undefined) return show(line("p", words.noFile));
  show(line("p", words.working));
  const file = readExport(text);
  if (file === null) return show(line("h2", words.unreadable, "bad"));
  const pasted = element("pasted");
  const typed = pasted instanceof HTMLTextAreaElement && pasted.value.trim() !== "" ? [pasted.value] : [];
  const anchors = [...(await textsOf("anchors")), ...typed];
  try {
    return show(...told(await verifyExport(file, anchors), anchors.length));
  } catch {
    return show(line("h2", words.unable, "bad")); // nothing throws here but a browser without Ed25519
  }
}

function told(verdict: Verdict, anchors: number): HTMLElement[] {
  const { findings: [first, ...rest] } = verdict;
  const facts = document.createElement("ul");
  facts.append(...factsOf(verdict).map((fact) => line("li", fact)));
  if (first === undefined) return [line("h2", `✓ ${words.holds}`, "good"), facts, ...(anchors === 0 ? [line("p", words.noAnchor)] : [])];
  const others = document.createElement("ul");
  others.append(...rest.slice(0, 200).map((finding) => line("li", sentenceOf(finding))));
  return [
    line("h2", `! ${words.broken}`, "bad"), line("p", words.first), line("p", sentenceOf(first), "bad"),
    ...(rest.length === 0 ? [] : [line("h3", words.all), others]), facts,
  ];
}

for (const [name, text] of [["title", words.title], ["about", words.about], ["file-label", words.file], ["anchors-label", words.anchors], ["check", words.check]] as const) {
  element(name).textContent = text;
}
element("check").addEventListener("click", () => void check());
