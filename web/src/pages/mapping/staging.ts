/**
 * What waits to be saved on the mapping page. A line that had no account is saved as soon as one is chosen: nothing can
 * have been posted by it. Whatever changes a choice that holds waits until its effect was seen.
 */
import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from "solid-js";
import type { EffectView, MappingLine } from "../../../../src/features/mapping/contract";
import type { Trouble } from "../../api";
import { mappingApi } from "../../mapping-api";
import { announce } from "../../ui/toast";
import type { MappingController } from "./controller";
import { changeOf, NO_DRAFT, optionWith, sizeOf, withAccounts, withTag, type Account, type Draft } from "./draft";
import { isOpen } from "./lines";
import type { Status } from "./saver";
import { mappingWords as words } from "./words";

/** Typing through several lines asks for their effect once. */
const EFFECT_AFTER_MS = 300;

export type Staging = {
  readonly draft: Accessor<Draft>;
  readonly size: Accessor<number>;
  /** The lines with what was chosen and is not saved. */
  readonly lines: Accessor<readonly MappingLine[]>;
  readonly status: (key: string) => Status | undefined;
  readonly effect: Accessor<EffectView | undefined>;
  readonly trouble: Accessor<Trouble | undefined>;
  readonly isSaving: Accessor<boolean>;
  readonly pick: (keys: readonly string[], account: Account) => void;
  readonly tagLines: (keys: readonly string[], dimension: string, option: string | null) => void;
  readonly tagLocation: (id: string, dimension: string, option: string | null) => void;
  /** The option of a line that holds with what was chosen; null where the location's holds. */
  readonly optionOf: (line: MappingLine, dimension: string) => string | null;
  readonly save: () => Promise<void>;
  readonly discard: () => void;
};

/** Lives with the mapping page. */
export function createStaging(mapping: MappingController): Staging {
  const [draft, setDraft] = createSignal<Draft>(NO_DRAFT);
  const [isSaving, setSaving] = createSignal(false);
  const [refusal, setRefusal] = createSignal<Trouble>();
  const size = createMemo(() => sizeOf(draft()));
  const { effect, trouble } = createEffectOf(mapping, draft);
  const stage = (next: Draft) => {
    setRefusal(undefined);
    setDraft(next);
  };
  const saved = (keys: readonly string[]) => mapping.lines().filter((line) => keys.includes(line.key));
  const pick = (keys: readonly string[], account: Account) => {
    const lines = saved(keys);
    if (lines.every(isOpen)) mapping.chooseAll(Object.fromEntries(lines.map((line) => [line.key, account])));
    else stage(withAccounts(draft(), lines, account));
  };
  const save = async () => {
    if (isSaving() || size() === 0) return;
    setSaving(true);
    const sent = draft();
    const answer = await mapping.saveDraft(sent);
    setSaving(false);
    if (!answer.ok) {
      setRefusal(answer.failure);
      return;
    }
    // What was chosen while it was being saved goes on waiting.
    if (draft() === sent) setDraft(NO_DRAFT);
    announce(words.draftSaved(answer.value.version));
  };
  const lines = createMemo(() => mapping.lines().map((line) => {
    const account = draft().accounts[line.key];
    return account === undefined ? line : { ...line, account, problem: null };
  }));
  return {
    draft, size, lines, effect, isSaving, pick, save,
    trouble: () => refusal() ?? trouble(),
    status: (key) => (draft().accounts[key] === undefined && draft().lines[key] === undefined ? mapping.status(key) : { kind: "staged" }),
    tagLines: (keys, dimension, option) => stage(withTag(draft(), "lines", saved(keys).map(({ key, tags }) => ({ at: key, tags })), { dimension, option })),
    tagLocation: (id, dimension, option) => {
      const places = (mapping.live.value()?.locations ?? []).filter((location) => location.id === id).map(({ tags }) => ({ at: id, tags }));
      stage(withTag(draft(), "locations", places, { dimension, option }));
    },
    optionOf: (line, dimension) => optionWith(draft().lines[line.key], line.tags, dimension),
    discard: () => stage(NO_DRAFT),
  };
}

/** What a draft would do, asked for when it has not changed for a moment. */
function createEffectOf(mapping: MappingController, draft: Accessor<Draft>) {
  const [effect, setEffect] = createSignal<EffectView>();
  const [trouble, setTrouble] = createSignal<Trouble>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  const ask = async (asked: Draft) => {
    const mine = ++turn;
    const answer = await mappingApi.mappingEffect(changeOf(asked, mapping.version()));
    if (mine !== turn) return;
    setEffect(answer.ok ? answer.value : undefined);
    setTrouble(answer.ok ? undefined : answer.failure);
  };
  createEffect(on([draft, () => mapping.live.value()?.version], ([now]) => {
    clearTimeout(timer);
    turn += 1;
    if (sizeOf(now) > 0) timer = setTimeout(() => void ask(now), EFFECT_AFTER_MS);
    else {
      setEffect(undefined);
      setTrouble(undefined);
    }
  }));
  onCleanup(() => clearTimeout(timer));
  return { effect, trouble };
}
