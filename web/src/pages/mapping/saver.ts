/** Saves choices as they are made: one request at a time, each on top of the version before, so that none is lost. */
import type { Answer, Trouble } from "../../api";

export type Status =
  | { readonly kind: "saving" }
  | { readonly kind: "saved" }
  /** Chosen, and waits for its effect to be seen. */
  | { readonly kind: "staged" }
  /** Somebody else saved a version in between: nothing of this choice was kept. */
  | { readonly kind: "conflict" }
  | { readonly kind: "failed"; readonly trouble: Trouble };

export type Saved = { readonly version: number; readonly retriedDays: number };

type SaverOptions = {
  readonly version: () => number;
  readonly save: (version: number, accounts: Readonly<Record<string, string>>) => Promise<Answer<Saved>>;
  readonly onStatus: (keys: readonly string[], status: Status) => void;
  readonly onSaved: (saved: Saved) => void;
  /** Resolves when the newer version was loaded. */
  readonly onConflict: () => Promise<void>;
};

export type Saver = {
  readonly choose: (accounts: Readonly<Record<string, string>>) => Promise<void>;
  /** The latest version that the page knows of, its own included. */
  readonly version: () => number;
  /** Hears of a version that the page saved in another way. */
  readonly heard: (version: number) => void;
};

/** A saver of one page. `choose` may be called at any speed; choices made while one is saved go together in the next. */
export function createSaver(options: SaverOptions): Saver {
  let waiting: Record<string, string> = {};
  let isSaving = false;
  let saved = -1;

  const version = () => Math.max(saved, options.version());
  const saveOnce = async () => {
    const accounts = waiting;
    const keys = Object.keys(accounts);
    waiting = {};
    // The page may not have heard yet of the version that was saved a moment ago.
    const answer = await options.save(version(), accounts);
    if (answer.ok) {
      saved = answer.value.version;
      options.onStatus(keys, { kind: "saved" });
      options.onSaved(answer.value);
    } else if (answer.failure.kind === "conflict") {
      saved = -1;
      options.onStatus(keys, { kind: "conflict" });
      await options.onConflict();
    } else {
      options.onStatus(keys, { kind: "failed", trouble: answer.failure });
    }
  };
  const choose = async (accounts: Readonly<Record<string, string>>) => {
    waiting = { ...waiting, ...accounts };
    options.onStatus(Object.keys(accounts), { kind: "saving" });
    if (isSaving) return;
    isSaving = true;
    while (Object.keys(waiting).length > 0) await saveOnce();
    isSaving = false;
  };
  const heard = (known: number) => {
    saved = known;
  };
  return { choose, version, heard };
}
