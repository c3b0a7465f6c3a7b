/** Messages, as the other features may use them: written, answered, and what came of them. */
export { recordArrived, type Arrived } from "./arrive";
export type { Enclosure } from "./rules";
export { recordState, type Told } from "./states";
export type { MessageRow } from "./store";
export { sendConfirmation, writeMessage, type Confirmation, type NewMessage } from "./write";
