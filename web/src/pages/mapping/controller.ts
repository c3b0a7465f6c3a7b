/** Thinks for the mapping, wherever it is edited: the page itself and a held day. Choices show at once. */
import { createMemo, createSignal, type Accessor } from "solid-js";
import type { MappingLine, MappingView } from "../../../../src/features/mapping/contract";
import { shopApi, type Answer } from "../../api";
import { createLive, type Live } from "../../ui/live";
import { announce } from "../../ui/toast";
import { acceptable } from "./lines";
import { createSaver, type Status } from "./saver";
import { mappingWords as words } from "./words";

export type MappingController = {
  readonly live: Live<MappingView>;
  /** The lines as the person sees them: with what they have just chosen. */
  readonly lines: Accessor<readonly MappingLine[]>;
  readonly status: (key: string) => Status | undefined;
  readonly hasConflict: Accessor<boolean>;
  readonly choose: (key: string, account: { readonly id: string; readonly name: string }) => void;
  readonly acceptAll: () => void;
  readonly create: (key: string, name: string) => Promise<Answer<object>>;
};

/** Lives with its page. */
export function createMappingController(): MappingController {
  const live = createLive({ key: () => "mapping", ask: shopApi.mapping });
  const [chosen, setChosen] = createSignal<Readonly<Record<string, { id: string; name: string }>>>({});
  const [statuses, setStatuses] = createSignal<Readonly<Record<string, Status>>>({});
  const [hasConflict, setConflict] = createSignal(false);

  const forget = (keys: readonly string[]) => setChosen((all) => Object.fromEntries(Object.entries(all).filter(([key]) => !keys.includes(key))));
  const saver = createSaver({
    version: () => live.value()?.version ?? 0,
    save: (version, accounts) => shopApi.saveMapping({ version, accounts: { ...accounts } }),
    onStatus: (keys, status) => {
      setStatuses((all) => ({ ...all, ...Object.fromEntries(keys.map((key) => [key, status])) }));
      if (status.kind === "conflict" || status.kind === "failed") forget(keys);
    },
    onSaved: (saved) => {
      setConflict(false);
      if (saved.retriedDays > 0) announce(words.retried(saved.retriedDays));
      void live.reload();
    },
    onConflict: async () => {
      setConflict(true);
      await live.reload();
    },
  });

  const lines = createMemo(() => (live.value()?.lines ?? []).map((line) => withChoice(line, chosen()[line.key])));
  const chooseAll = (accounts: Readonly<Record<string, { id: string; name: string }>>) => {
    setChosen((all) => ({ ...all, ...accounts }));
    void saver.choose(Object.fromEntries(Object.entries(accounts).map(([key, account]) => [key, account.id])));
  };
  const acceptAll = () => {
    const ids = acceptable(lines());
    chooseAll(Object.fromEntries(lines().flatMap((line) => (ids[line.key] === undefined || line.suggestion === null ? [] : [[line.key, line.suggestion.account]]))));
  };
  const create = async (key: string, name: string) => {
    const answer = await shopApi.createAccount(key, name);
    if (!answer.ok) return answer;
    await live.reload();
    // A new account is the one that was not there before; the server may have chosen it for the line already.
    const account = live.value()?.accounts.find((one) => one.name === name.trim() && one.isActive);
    const line = live.value()?.lines.find((one) => one.key === key);
    if (account !== undefined && line?.account?.id !== account.id) chooseAll({ [key]: account });
    return answer;
  };
  return { live, lines, status: (key) => statuses()[key], hasConflict, choose: (key, account) => chooseAll({ [key]: account }), acceptAll, create };
}

function withChoice(line: MappingLine, choice: { readonly id: string; readonly name: string } | undefined): MappingLine {
  return choice === undefined ? line : { ...line, account: { id: choice.id, name: choice.name }, problem: null };
}
