/** A new organisation; whoever makes it owns it. */
import { createSignal, type JSX } from "solid-js";
import { accountApi } from "../../auth-api";
import { Card, LoadedPage } from "../../ui/card";
import { createForm, Field, FormBox, type FormProblem, type Values } from "../../ui/form";
import { createLive } from "../../ui/live";
import { slugFrom } from "../../ui/new-shop";
import { leadToSignIn } from "../../ui/signed-in";
import { newOrganisationWords as words, newShopWords } from "./words";

const LONGEST_ADDRESS = 36;

/** auth. /organisations/new */
export default function NewOrganisationPage(): JSX.Element {
  const me = createLive({ key: () => "me", ask: accountApi.me });
  leadToSignIn(me);
  return <LoadedPage live={me} title={words.title}>{() => <OrganisationForm />}</LoadedPage>;
}

function OrganisationForm(): JSX.Element {
  const form = createForm();
  const [slug, setSlug] = createSignal("");
  const [isOwn, setOwn] = createSignal(false);
  const suggest = (name: string) => {
    if (!isOwn()) setSlug(slugFrom(name).slice(0, LONGEST_ADDRESS));
  };
  const choose = (text: string) => {
    setOwn(true);
    setSlug(text);
  };
  const create = (value: Values) => {
    const [name, address] = [value("name").trim(), value("slug").trim().toLowerCase()];
    const found: FormProblem[] = name === "" ? [{ field: "name", text: words.nameMissing }] : [];
    if (address.length < 2) found.push({ field: "slug", text: words.slugMissing });
    return form.send(found, () => accountApi.addOrganisation(name, address), ({ next }) => location.assign(next));
  };
  const hint = () => words.slugHint(slug() === "" ? words.example : slug(), location.host.replace(/^auth\./, ""));
  return (
    <Card title={words.title} about={words.about}>
      <FormBox form={form} submit={words.submit} onSubmit={(value) => void create(value)} beside={<a class="button" href="/">{newShopWords.back}</a>}>
        <Field form={form} name="name" label={words.name} autocomplete="organization" onInput={suggest} />
        <Field form={form} name="slug" label={words.slug} hint={hint()} autocomplete="off" value={slug()} onInput={choose} />
      </FormBox>
    </Card>
  );
}
