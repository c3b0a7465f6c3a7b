/** How days are posted, the shop itself, how Daybook looks, and who is here. */
import { For, lazy, Show, Suspense, type JSX } from "solid-js";
import { setSingleKeys, setTheme, singleKeys, theme, THEMES } from "../../ui/choices";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { leaveShop } from "../../ui/sign-out";
import { Bars, Loaded } from "../../ui/states";
import { roleWord, shellWords } from "../../words";
import { PostingForm } from "./posting-form";
import { postingWords } from "./posting-words";
import { ShopSections } from "./shop-sections";
import { settingsWords as words, themeWords } from "./words";

const Organisation = lazy(() => import("./organisation"));

/** /settings. The mode comes with the days, which every role but sales may read. */
export default function SettingsPage(): JSX.Element {
  const shop = useShop();
  return (
    <Page title={words.title}>
      <div class="stack wide">
        <Show when={shop.may("days.read")}>
          <section>
            <h2>{words.posting}</h2>
            <p class="small">{postingWords.about}</p>
            <Loaded live={shop.overview} skeleton={<Bars count={3} tall />}>
              {(overview) => <PostingForm mode={overview().mode} onSaved={() => void shop.overview.reload()} />}
            </Loaded>
          </section>
        </Show>
        <ShopSections />
        <Show when={shop.may("team.read")}><Suspense fallback={<Bars count={2} tall />}><Organisation /></Suspense></Show>
        <Show when={shop.may("messages.read")}><Texting /></Show>
        <Look />
        <Show when={shop.may("audit.read")}><section><h2>{shellWords.audit}</h2><p><a href="/audit">{words.auditLink}</a></p></section></Show>
        <section>
          <h2>{words.account}</h2>
          <p>{shop.view().person.name} · {shop.view().person.email}<br /><span class="small">{`You are ${roleWord(shop.view().role)} of ${shop.view().name}.`}</span></p>
          <p class="buttons"><a class="button" href={shop.view().authUrl} rel="external">{words.switchShop}</a> <a class="button" href={`${shop.view().authUrl}account/security`} rel="external">{shellWords.account}</a> <button type="button" class="button" onClick={() => void leaveShop(shop.view().authUrl)}>{words.signOut}</button></p>
        </section>
      </div>
    </Page>
  );
}

/** What belongs to texting stands on pages of its own. */
function Texting(): JSX.Element {
  return (
    <section>
      <h2>{words.texting}</h2>
      <p class="small">{words.textingAbout}</p>
      <p class="buttons"><a class="button" href="/texting">{words.number}</a> <a class="button" href="/templates">{words.templates}</a> <a class="button" href="/consent">{words.consent}</a></p>
    </section>
  );
}

function Look(): JSX.Element {
  return (
    <section>
      <h2>{words.look}</h2>
      <fieldset class="row">
        <legend class="unseen">{words.look}</legend>
        <For each={THEMES}>
          {(each) => <label class="tick"><input type="radio" name="theme" checked={theme() === each} onChange={() => setTheme(each)} /> {themeWords[each]}</label>}
        </For>
      </fieldset>
      <label class="tick"><input type="checkbox" checked={singleKeys()} onChange={(event) => setSingleKeys(event.currentTarget.checked)} /> {words.singleKeys}</label>
      <p class="small">{words.singleKeysHint}</p>
    </section>
  );
}
