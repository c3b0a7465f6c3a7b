/** What goes to whom: a template, tags, and single contacts. */
import { createMemo, For, lazy, Show, Suspense, type JSX } from "solid-js";
import type { TemplateView } from "../../../../src/features/messages/contract";
import { FormBox, Labelled, type Form } from "../../ui/form";
import { createLive } from "../../ui/live";
import { contactsApi } from "../contacts/contacts-api";
import { Bars } from "../../ui/states";
import { channelWords } from "../templates/words";
import { tagsOf, withTag, type Draft } from "./plan";
import { newWords as words } from "./words";

const Named = lazy(() => import("./named"));

type Props = { form: Form; templates: readonly TemplateView[]; hasLink: boolean; isLookedAt: boolean; draft: Draft; onDraft: (change: Partial<Draft>) => void; onRun: () => void };

/** Starts nothing: its button asks what would happen. */
export function ListForm(props: Props): JSX.Element {
  const chosen = () => props.templates.find(({ id }) => id === props.draft.template);
  return (
    <div class="measure">
      <FormBox form={props.form} submit={words.run} busy={words.running} isQuiet={props.isLookedAt} takesFocus={false} onSubmit={() => props.onRun()}>
        <Labelled form={props.form} name="template" label={words.template}>
          {(ids) => (
            <select id={ids.id} name="template" aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} onChange={(event) => props.onDraft({ template: event.currentTarget.value })}>
              <option value="" selected={props.draft.template === ""} />
              <For each={props.templates}>{(one) => <option value={one.id} selected={one.id === props.draft.template}>{`${one.name} (${channelWords[one.channel].toLowerCase()})`}</option>}</For>
            </select>
          )}
        </Labelled>
        <Show when={chosen()}>{(template) => <div class="text-sample"><Show when={template().subject !== ""}><b>{template().subject}</b><br /></Show>{template().body}</div>}</Show>
        <Show when={props.hasLink}><Line form={props.form} name="link" label={words.link} hint={words.linkHint} value={props.draft.link} onText={(link) => props.onDraft({ link })} /></Show>
        <Tags {...props} />
        <Labelled form={props.form} name="contacts" label={words.people}>
          {(ids) => <Suspense fallback={<Bars count={1} />}><Named ids={ids} onNamed={(contacts) => props.onDraft({ contacts })} /></Suspense>}
        </Labelled>
        <Line form={props.form} name="perMinute" label={words.pace} hint={words.paceHint} value={props.draft.perMinute} isNumber onText={(perMinute) => props.onDraft({ perMinute })} />
      </FormBox>
    </div>
  );
}

/** Tags that stand at the first contacts are offered; others are typed. */
function Tags(props: Props): JSX.Element {
  const live = createLive({ key: () => "contacts {}", ask: () => contactsApi.contacts({}) });
  const known = createMemo(() => [...new Set((live.value()?.contacts ?? []).flatMap(({ tags }) => tags))].toSorted((one, other) => one.localeCompare(other)));
  const offered = () => known().filter((tag) => !tagsOf(props.draft.tags).includes(tag)).slice(0, 12);
  return (
    <>
      <Line form={props.form} name="tags" label={words.tags} hint={words.tagsHint} value={props.draft.tags} onText={(tags) => props.onDraft({ tags })} />
      <Show when={offered().length > 0}>
        <fieldset class="field-buttons">
          <legend class="unseen">{words.known}</legend>
          <For each={offered()}>{(tag) => <button type="button" class="chip" onClick={() => props.onDraft({ tags: withTag(props.draft.tags, tag) })}>+ {tag}</button>}</For>
        </fieldset>
      </Show>
    </>
  );
}

type LineProps = { form: Form; name: string; label: string; hint: string; value: string; isNumber?: boolean; onText: (typed: string) => void };

function Line(props: LineProps): JSX.Element {
  return (
    <Labelled form={props.form} name={props.name} label={props.label} hint={props.hint}>
      {(ids) => (
        <input id={ids.id} name={props.name} type="text" autocomplete="off" maxlength="400" inputmode={props.isNumber ? "numeric" : undefined} value={props.value}
          aria-invalid={ids.wrong ? "true" : undefined} aria-describedby={ids.about} onInput={(event) => props.onText(event.currentTarget.value)} />
      )}
    </Labelled>
  );
}
