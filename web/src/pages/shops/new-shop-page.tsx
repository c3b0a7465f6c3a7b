/** Another shop of somebody who is signed in. */
import type { JSX } from "solid-js";
import { accountApi } from "../../auth-api";
import { Card, LoadedPage } from "../../ui/card";
import { createForm, FormBox, type Values } from "../../ui/form";
import { createLive } from "../../ui/live";
import { problemsOfShop, ShopFields, shopOf } from "../../ui/shop-fields";
import { leadToSignIn } from "../../ui/signed-in";
import { newShopWords as words } from "./words";

/** auth. /shops/new */
export default function NewShopPage(): JSX.Element {
  const me = createLive({ key: () => "me", ask: accountApi.me });
  leadToSignIn(me);
  const form = createForm();
  const create = (value: Values) => {
    const shop = shopOf(value);
    return form.send(problemsOfShop(shop), () => accountApi.addShop(shop), ({ next }) => location.assign(next));
  };
  return (
    <LoadedPage live={me} title={words.title}>
      {() => (
        <Card title={words.title} about={words.about}>
          <FormBox form={form} submit={words.submit} onSubmit={(value) => void create(value)} beside={<a class="button" href="/">{words.back}</a>}>
            <ShopFields form={form} />
          </FormBox>
        </Card>
      )}
    </LoadedPage>
  );
}
