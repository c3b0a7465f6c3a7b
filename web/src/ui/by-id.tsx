/** Rows that keep their elements, and so their focus, while what they show changes: `For` alone would make them anew. */
import { createMemo, For, Show, untrack, type Accessor, type JSX } from "solid-js";

type ById<T> = { items: readonly T[]; children: (item: Accessor<T>) => JSX.Element };

/** One row for each id, which must be unique. */
export function ById<T extends { readonly id: string | number }>(props: ById<T>): JSX.Element {
  const byId = createMemo(() => new Map(props.items.map((item) => [item.id, item])));
  return <For each={props.items.map(({ id }) => id)}>{(id) => <Row byId={byId()} id={id}>{props.children}</Row>}</For>;
}

function Row<T>(props: { byId: ReadonlyMap<string | number, T>; id: string | number; children: (item: Accessor<T>) => JSX.Element }): JSX.Element {
  // A row that is about to go still shows what it showed last.
  const item = createMemo<T | undefined>((before) => props.byId.get(props.id) ?? before);
  return <Show when={item()}>{(shown) => untrack(() => props.children(shown))}</Show>;
}
