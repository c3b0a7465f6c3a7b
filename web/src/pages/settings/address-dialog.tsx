/** Moves the shop to another address: what that breaks is said before, and where it will open. */
import { createSignal, type JSX } from "solid-js";
import { ownShopApi } from "../../team-api";
import { Dialog } from "../../ui/dialog";
import { createForm, Field, FormBox } from "../../ui/form";
import { useShop } from "../../ui/shop";
import { formWords } from "../../words";
import { shopWords as words } from "./shop-words";

/** Leads to a proof first where the last one is too old; then to the shop at its new address. */
export function AddressDialog(props: { onClose: () => void }): JSX.Element {
  const shop = useShop();
  const form = createForm();
  const [slug, setSlug] = createSignal(shop.view().slug);
  const domain = location.host.split(".").slice(1).join(".");
  const move = (typed: string) => {
    const wanted = typed.trim().toLowerCase();
    const problems = wanted.length < 2 ? [{ field: "slug", text: words.slugMissing }] : [];
    return form.send(problems, () => ownShopApi.move(wanted), ({ url }) => location.assign(url));
  };
  return (
    <Dialog title={words.moveTitle} onClose={() => props.onClose()}>
      <div class="notice" data-tone="held"><p>{words.moveWarning}</p></div>
      <FormBox form={form} submit={words.moveNow} onSubmit={(value) => void move(value("slug"))} beside={<button type="button" class="button" onClick={() => props.onClose()}>{formWords.cancel}</button>}>
        <Field form={form} name="slug" label={words.slug} hint={words.slugHint(slug().trim().toLowerCase() || "…", domain)} autocomplete="off" value={shop.view().slug} onInput={setSlug} />
      </FormBox>
    </Dialog>
  );
}
