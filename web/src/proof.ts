/** A sensitive act asks for a proof of the last ten minutes: this asks the person for it and does the act again. */
import { createSignal } from "solid-js";
import type { Answer } from "./ask";

type Settle = (isProved: boolean) => void;

const [asking, setAsking] = createSignal<Settle>();

/** What the open question is answered with, or undefined while nothing is asked. The app's frame shows the dialog. */
export { asking };

/** Does the act; where that needs a proof, asks for it and does it once more. Whoever declines gets the refusal. */
export async function withProof<T>(act: () => Promise<Answer<T>>): Promise<Answer<T>> {
  const first = await act();
  if (first.ok || first.failure.kind !== "proof_needed") return first;
  const isProved = await new Promise<boolean>((resolve) => setAsking(() => resolve));
  setAsking(undefined);
  return isProved ? await act() : first;
}
