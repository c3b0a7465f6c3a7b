/** Messages, as the other features may use them: written, answered, and what came of them. */
export { recordArrived, type Arrived } from "./arrive";
export type { Enclosure } from "./rules";
export { recordState, type Told } from "./states";
export type { MessageRow } from "./store";
export { namesFor } from "./view";
export { sendConfirmation, writeMessage, type Confirmation, type NewMessage } from "./write";
export { fieldsOf, isField, type Field } from "./fill";
export { listCancelled, listCounts, listHeld, listWrittenTo, queueReleased, releaseList } from "./lists";
export { nextAllowedAt } from "./quiet-hours";
export { segmentsOf } from "./segments";
export { templateInUse } from "./templates";
export { checkWords, fillWords, valuesFor, warningsOf } from "./templates-rules";
export type { TemplateRow } from "./templates-store";
export { zoneOfContact, type Zones } from "./zone";
