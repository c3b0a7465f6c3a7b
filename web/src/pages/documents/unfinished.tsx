/** Large files whose way was broken off: found again after a reload, gone on with by choosing the same file. */
import { createSignal, Show, type Accessor, type JSX } from "solid-js";
import { ById } from "../../ui/by-id";
import { momentIn } from "../../ui/dates";
import { focusHeading } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Act, Problem } from "../../ui/states";
import type { Trouble } from "../../ask";
import { announce } from "../../ui/toast";
import { forgetFile, isFileOf } from "./begun";
import { documentsApi } from "./documents-api";
import { sizeInWords } from "./sizes";
import type { Unfinished } from "./uploads";
import { uploadWords as words } from "./upload-words";

type Props = { uploads: readonly Unfinished[]; onFile: (file: File) => void; onChanged: () => void };

/** Nothing where all is finished. */
export function UnfinishedUploads(props: Props): JSX.Element {
  return (
    <Show when={props.uploads.length > 0}>
      <section class="notice" data-tone="held">
        <h2><span aria-hidden="true">◐ </span>{words.unfinishedTitle}</h2>
        <p>{words.unfinishedText}</p>
        <ul class="rows"><ById items={props.uploads}>{(upload) => <Row upload={upload} onFile={props.onFile} onChanged={props.onChanged} />}</ById></ul>
      </section>
    </Show>
  );
}

function Row(props: { upload: Accessor<Unfinished>; onFile: (file: File) => void; onChanged: () => void }): JSX.Element {
  let input: HTMLInputElement | undefined;
  const shop = useShop();
  const [wrong, setWrong] = createSignal("");
  const [trouble, setTrouble] = createSignal<Trouble>();
  const one = () => props.upload();
  const chosen = (file: File | undefined) => {
    if (file === undefined) return;
    const isSame = isFileOf(one(), file);
    setWrong(isSame ? "" : words.otherFile(one().name));
    if (isSame) props.onFile(file);
  };
  const letGo = async () => {
    const answer = await documentsApi.cancelUpload(one().id);
    setTrouble(answer.ok ? undefined : answer.failure);
    if (answer.ok) {
      forgetFile(one().id);
      announce(words.letGone(one().name));
      focusHeading();
    }
    props.onChanged();
  };
  return (
    <li>
      <span><b class="as-is">{one().name}</b><small>{words.unfinished(sizeInWords(one().arrivedBytes), sizeInWords(one().sizeBytes), momentIn(shop.view().zone, one().expiresAt))}</small></span>
      <span class="row-acts">
        <Act permission="documents.write" onPress={() => input?.click()}>{words.goOn}<span class="unseen">: {one().name}</span></Act>
        <Act permission="documents.write" onPress={() => void letGo()}>{words.letGo}<span class="unseen">: {one().name}</span></Act>
      </span>
      <input ref={(made) => (input = made)} type="file" hidden onChange={(event) => { chosen(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} />
      <div role="alert"><Show when={wrong() !== ""}><p class="wrong">{wrong()}</p></Show></div>
      <Show when={trouble()}>{(failure) => <Problem trouble={failure()} />}</Show>
    </li>
  );
}
