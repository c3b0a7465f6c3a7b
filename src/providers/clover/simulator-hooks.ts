/** Webhook messages as Clover sends them: several merchants and events in one, a fixed secret, no promise of arrival. */
import type { HookEvent, Simulation } from "./simulator-state";

/** `loses` and `doubles` say of a message, by its number from 0, what becomes of it. */
export type HookSettings = {
  readonly appId: string;
  /** The app's static secret, as it stands in the dashboard. */
  readonly secret: string;
  readonly eventsAMessage?: number;
  readonly loses?: (index: number) => boolean;
  readonly doubles?: (index: number) => boolean;
};

export type HookMessage = { readonly headers: Headers; readonly body: string };

const DEFAULT_EVENTS = 20;

/** What was to be told since the last call. It is told once, whether or not it arrives. */
export function takeHooks(simulation: Simulation, settings: HookSettings): readonly HookMessage[] {
  const { appId, secret, eventsAMessage = DEFAULT_EVENTS, loses = () => false, doubles = () => false } = settings;
  const events = simulation.state.events.splice(0);
  const messages: HookMessage[] = [];
  for (let start = 0, index = 0; start < events.length; start += eventsAMessage, index += 1) {
    const message = messageOf(appId, secret, events.slice(start, start + eventsAMessage));
    if (!loses(index)) messages.push(message);
    if (doubles(index)) messages.push(message);
  }
  simulation.onChange();
  return messages;
}

/** What Clover posts, without a secret, while the address is registered. */
export function handshakeOf(verificationCode: string): HookMessage {
  return { headers: new Headers({ "content-type": "application/json" }), body: JSON.stringify({ verificationCode }) };
}

function messageOf(appId: string, secret: string, events: readonly HookEvent[]): HookMessage {
  const merchants = Object.fromEntries([...Map.groupBy(events, ({ merchantId }) => merchantId)]
    .map(([merchantId, own]) => [merchantId, own.map(({ objectId, type, ts }) => ({ objectId, type, ts }))]));
  return { headers: new Headers({ "content-type": "application/json", "x-clover-auth": secret }), body: JSON.stringify({ appId, merchants }) };
}
