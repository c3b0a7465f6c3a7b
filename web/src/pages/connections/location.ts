/** The choice for a location as a person edits it, checked before it is sent. */
import type { LocationChoice, LocationView } from "../../../../src/features/connections/contract";
import { parseBusinessDate } from "../../../../src/kernel/day";
import { locationWords as words } from "./words";

export type Draft = { readonly startsOn: string; readonly cutOffMinutes: number; readonly cutOffFrom: string; readonly code: string };
export type DraftProblem = { readonly field: keyof Draft; readonly text: string };

/** Half hours from midnight to noon: the hours at which a night can end. */
export const CUT_OFFS: readonly number[] = Array.from({ length: 25 }, (_, index) => index * 30);

/** The hour that a form starts with: the till's own, until a person has chosen one. */
export function proposedCutOff(location: LocationView): number {
  const isChosen = location.startsOn !== null || location.cutOffMinutes !== 0;
  return isChosen ? location.cutOffMinutes : location.tillCutOffMinutes ?? location.cutOffMinutes;
}

/** What the form starts with. */
export function draftOf(location: LocationView, today: string): Draft {
  return { startsOn: location.startsOn ?? today, cutOffMinutes: proposedCutOff(location), cutOffFrom: today, code: location.code };
}

/** Whether an existing hour is changed, so that the day from which the new one holds must be asked for. */
export function changesCutOff(location: LocationView, draft: Draft): boolean {
  return location.startsOn !== null && draft.cutOffMinutes !== location.cutOffMinutes;
}

/** The first thing that is wrong, or null. */
export function problemOfDraft(location: LocationView, draft: Draft): DraftProblem | null {
  if (parseBusinessDate(draft.startsOn) === null) return { field: "startsOn", text: words.dateWrong };
  if (changesCutOff(location, draft) && parseBusinessDate(draft.cutOffFrom) === null) return { field: "cutOffFrom", text: words.dateWrong };
  return /^[A-Z0-9]{3}$/.test(draft.code) ? null : { field: "code", text: words.codeWrong };
}

/** What is sent. */
export function choiceOf(location: LocationView, draft: Draft): LocationChoice {
  const choice: LocationChoice = { startsOn: draft.startsOn, cutOffMinutes: draft.cutOffMinutes, code: draft.code };
  return changesCutOff(location, draft) ? { ...choice, cutOffFrom: draft.cutOffFrom } : choice;
}
