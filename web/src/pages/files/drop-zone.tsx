/** Where files are dropped, or chosen by the keyboard. */
import { createSignal, Show, type JSX } from "solid-js";
import { useShop } from "../../ui/shop";
import { filesWords as words } from "./words";

/** Files above the limit are refused here already: the server would refuse them at its own limit. */
export function DropZone(props: { largestBytes: number; onFiles: (files: readonly File[]) => void }): JSX.Element {
  const shop = useShop();
  const [isOver, setOver] = createSignal(false);
  const [refused, setRefused] = createSignal("");
  const may = () => shop.may("days.work");
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    const large = files.find((file) => file.size > props.largestBytes);
    setRefused(large === undefined ? "" : `${large.name}: ${words.tooLarge}`);
    if (may()) props.onFiles(files.filter((file) => file.size <= props.largestBytes));
  };
  const drag = (event: DragEvent, over: boolean) => {
    event.preventDefault();
    setOver(over && may());
  };
  const drop = (event: DragEvent) => {
    drag(event, false);
    take(event.dataTransfer?.files);
  };
  return (
    <div class={isOver() ? "drop over" : "drop"} onDragOver={(event) => drag(event, true)} onDragLeave={(event) => drag(event, false)} onDrop={drop}>
      <h2>{words.drop}</h2>
      <p class="small">{words.dropNext} {words.limit(props.largestBytes)}</p>
      <Show when={may()} fallback={<p class="small">{words.mayNot(shop.whoMay("days.work"))}</p>}>
        <label class="button primary">
          {words.choose}
          <input type="file" multiple accept=".csv,.txt,.tsv,text/csv" onChange={(event) => { take(event.currentTarget.files); event.currentTarget.value = ""; }} />
        </label>
      </Show>
      <div role="alert"><Show when={refused() !== ""}><p class="wrong">{refused()}</p></Show></div>
    </div>
  );
}
