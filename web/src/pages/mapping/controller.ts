/** Thinks for the mapping, wherever it is edited: the page itself and a held day. Choices show at once. */
import { createMemo, createSignal, type Accessor } from "solid-js";
import type { MappingLine, MappingView } from "../../../../src/features/mapping/contract";
import { shopApi, type Answer } from "../../api";
import { createLive, type Live } from "../../ui/live";
import { announce } from "../../ui/toast";
import { acceptable } from "./lines";
import { changeOf, keysOf, type Account, type Draft } from "./draft";
import { createSaver, type Saved, type Status } from "./saver";
import { mappingWords as words } from "./words";

export type MappingController = {
  readonly live: Live<MappingView>;
  /** The lines as the person sees them: with what they have just chosen. */
  readonly lines: Accessor<readonly MappingLine[]>;
  readonly status: (key: string) => Status | undefined;
  readonly hasConflict: Accessor<boolean>;
  /** The version that a change is made on top of. */
  readonly version: () => number;
  readonly choose: (key: string, account: Account) => void;
  readonly chooseAll: (accounts: Readonly<Record<string, Account>>) => void;
  /** Saves accounts and tags together, all or nothing; after a conflict the newer version is loaded. */
  readonly saveDraft: (draft: Draft) => Promise<Answer<Saved>>;
  /** Hears of a version that was saved elsewhere on the page: an old one that holds again. */
  readonly takeOver: (saved: Saved) => Promise<void>;
  readonly acceptAll: () => void;
  readonly create: (key: string, name: string) => Promise<Answer<object>>;
};

/** Lives with its page. */
export function createMappingController(): MappingController {
  const live = createLive({ key: () => "mapping", ask: shopApi.mapping });
  const { chosen, statuses, ...saving } = createSaving(live);
  const lines = createMemo(() => (live.value()?.lines ?? []).map((line) => withChoice(line, chosen()[line.key])));
  const acceptAll = () => {
    const ids = acceptable(lines());
    saving.chooseAll(Object.fromEntries(lines().flatMap((line) => (ids[line.key] === undefined || line.suggestion === null ? [] : [[line.key, line.suggestion.account]]))));
  };
  const create = async (key: string, name: string) => {
    const answer = await shopApi.createAccount(key, name);
    if (!answer.ok) return answer;
    await live.reload();
    // A new account is the one that was not there before; the server may have chosen it for the line already.
    const account = live.value()?.accounts.find((one) => one.name === name.trim() && one.isActive);
    const line = live.value()?.lines.find((one) => one.key === key);
    if (account !== undefined && line?.account?.id !== account.id) saving.chooseAll({ [key]: account });
    return answer;
  };
  return { live, lines, status: (key) => statuses()[key], choose: (key, account) => saving.chooseAll({ [key]: account }), acceptAll, create, ...saving };
}

/** How choices get to the server: what was chosen shows at once, and what became of it beside it. */
function createSaving(live: Live<MappingView>) {
  const [chosen, setChosen] = createSignal<Readonly<Record<string, Account>>>({});
  const [statuses, setStatuses] = createSignal<Readonly<Record<string, Status>>>({});
  const [hasConflict, setConflict] = createSignal(false);
  const forget = (keys: readonly string[]) => setChosen((all) => Object.fromEntries(Object.entries(all).filter(([key]) => !keys.includes(key))));
  const mark = (keys: readonly string[], status: Status) => setStatuses((all) => ({ ...all, ...Object.fromEntries(keys.map((key) => [key, status])) }));
  const heardOf = (saved: Saved) => {
    setConflict(false);
    if (saved.retriedDays > 0) announce(words.retried(saved.retriedDays));
  };
  const meetConflict = async () => {
    setConflict(true);
    await live.reload();
  };
  const saver = createSaver({
    version: () => live.value()?.version ?? 0,
    save: (version, accounts) => shopApi.saveMapping({ version, accounts: { ...accounts } }),
    onStatus: (keys, status) => {
      mark(keys, status);
      if (status.kind === "conflict" || status.kind === "failed") forget(keys);
    },
    onSaved: (saved) => {
      heardOf(saved);
      void live.reload();
    },
    onConflict: meetConflict,
  });
  const chooseAll = (accounts: Readonly<Record<string, Account>>) => {
    setChosen((all) => ({ ...all, ...accounts }));
    void saver.choose(Object.fromEntries(Object.entries(accounts).map(([key, account]) => [key, account.id])));
  };
  const saveDraft = async (draft: Draft) => {
    const answer = await shopApi.saveMapping(changeOf(draft, saver.version()));
    if (answer.ok) await takeOver(answer.value, keysOf(draft));
    else if (answer.failure.kind === "conflict") {
      saver.heard(-1);
      await meetConflict();
    }
    return answer;
  };
  /** A version that was saved in another way than choice by choice: what stands there now is what holds. */
  const takeOver = async (saved: Saved, keys: readonly string[] = Object.keys(chosen())) => {
    saver.heard(saved.version);
    heardOf(saved);
    await live.reload();
    forget(keys);
    mark(keys, { kind: "saved" });
  };
  return { chosen, statuses, hasConflict, version: saver.version, chooseAll, saveDraft, takeOver };
}

function withChoice(line: MappingLine, choice: Account | undefined): MappingLine {
  return choice === undefined ? line : { ...line, account: { id: choice.id, name: choice.name }, problem: null };
}
