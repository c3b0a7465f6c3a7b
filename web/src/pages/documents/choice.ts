/** What a person chose for this browser: grid or list, and whether large photos are made smaller. */
import { createSignal } from "solid-js";
import { read, write } from "../../ui/choices";

export type Look = "grid" | "list";

const [look, setLookSignal] = createSignal<Look>(read("documents-look") === "list" ? "list" : "grid");
const [makesSmaller, setMakesSmallerSignal] = createSignal(read("photos-smaller") === "on");
export { look, makesSmaller };

/** For now and the next visit. */
export function setLook(next: Look): void {
  setLookSignal(next);
  write("documents-look", next === "grid" ? null : next);
}

/** Off until somebody turns it on. */
export function setMakesSmaller(on: boolean): void {
  setMakesSmallerSignal(on);
  write("photos-smaller", on ? "on" : null);
}
