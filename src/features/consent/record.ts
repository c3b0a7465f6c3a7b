/** How a word is recorded: the register hears it first and decides, the ledger says why. */
import type { ConsentId } from "../../kernel/ids";
import { directoryDb } from "../../platform/database";
import type { Recorded } from "../../platform/register";
import { recordWord } from "../../platform/register-client";
import { keepChecked } from "./check-store";
import type { ConsentAct } from "./contract";
import { lineIdOf, writeLines, type Ledger, type Line, type Said, type Spot } from "./ledger";
import { tellOthers } from "./share";

/** What is done at a person's addresses. */
export type Barring = { readonly kind: "out" | "held" | "released"; readonly act: ConsentAct; readonly action: string };

export const OUT: Barring = { kind: "out", act: "opted_out", action: "consent.opted_out" };
export const HELD: Barring = { kind: "held", act: "held", action: "consent.held" };
export const RELEASED: Barring = { kind: "released", act: "released", action: "consent.released" };

/**
 * Tells the register, then the ledger. `isFirst`: what stands is by this word. What somebody of the shop does stands in its log,
 * even where it changed nothing. `after`: the line that it decides about.
 */
export async function record(ledger: Ledger, spots: readonly Spot[], said: Said, { kind, act, action }: Barring, after: ConsentId | null = null): Promise<{ readonly isFirst: boolean }> {
  const { world, env, db } = ledger;
  const at = world.clock();
  const { saidAt, source, reference } = said;
  const recorded = await recordWord(env, db.shopId, { kind, subjects: spots.map(({ subject }) => subject), at, saidAt, source, reference, isPassedOn: source === "organisation" });
  const isFirst = recorded.some(({ outcome }) => outcome === "stands");
  const lines: Line[] = [];
  for (const [index, spot] of spots.entries()) {
    const { outcome, standing } = recorded[index] as Recorded;
    if (outcome === "over") continue;
    const since = kind === "out" ? standing.outAt : kind === "held" ? standing.heldAt : null;
    const follows = lines[0]?.row.id ?? after;
    lines.push(await lineOf(ledger, spot, said, { act, at: outcome === "stands" ? since ?? at : at, since, standing, follows }));
  }
  await writeLines(ledger, lines, { words: said.words, audit: isFirst || said.byPerson !== null ? { actor: said.actor, action, source, at } : null });
  await keepChecked(directoryDb(env), db.shopId);
  const [first] = lines;
  // A stop that another shop passed on is passed on by nobody else.
  if (kind === "out" && isFirst && first !== undefined && source !== "organisation") await tellOthers(ledger, spots, { line: first.row.id, saidAt });
  return { isFirst };
}

type Of = Pick<Line["row"], "act" | "at" | "follows"> & Pick<Line, "standing"> & { readonly since: number | null };

/** The line of a word at one address. */
export async function lineOf(ledger: Ledger, { subject, channel, value }: Spot, said: Said, { act, at, since, standing, follows }: Of): Promise<Line> {
  const { source, saidAt, reference, byPerson } = said;
  const id = await lineIdOf(ledger, { subject, act, mark: reference, since });
  return { row: { id, subject, channel, act, source, saidAt, at, reference, follows, byPerson }, value, standing };
}
