/** What a template can be for, and how it is sent, in the order in which they are offered. */
import type { TemplateChange, TemplateKind } from "../../../../src/features/messages/contract";
import { channelWords, kindWords } from "./words";

export const KINDS = Object.keys(kindWords) as readonly TemplateKind[];
export const CHANNELS = Object.keys(channelWords) as readonly TemplateChange["channel"][];
