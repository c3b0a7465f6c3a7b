/** What a page does when somebody presses: it is done, told of, and how things stand is shown. */
import { createSignal, type Accessor } from "solid-js";
import type { Answer, Trouble } from "../api";
import type { Live } from "./live";
import { announce } from "./toast";

/** Does it, says `said` where it worked, and reloads the page's value; answers whether it worked. */
export type Act = (doing: Promise<Answer<object>>, said: string) => Promise<boolean>;

/** The acts of a page that shows `live`; `trouble` is why the last one did not work. */
export function createActing(live: Pick<Live<unknown>, "reload">): { readonly act: Act; readonly trouble: Accessor<Trouble | undefined> } {
  const [trouble, setTrouble] = createSignal<Trouble>();
  const act: Act = async (doing, said) => {
    setTrouble(undefined);
    const answer = await doing;
    if (answer.ok) announce(said);
    else setTrouble(answer.failure);
    await live.reload();
    return answer.ok;
  };
  return { act, trouble };
}
