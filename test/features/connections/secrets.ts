/** Looks for secrets where none may be. */
import { shardsOf, type Bindings } from "../../../src/platform/env";

/** The values of addresses that are proof of something: ticket, state, code. */
export function secretsIn(...urls: readonly string[]): string[] {
  return urls.flatMap((url) => ["ticket", "state", "code"].flatMap((name) => new URL(url).searchParams.get(name) ?? []));
}

/** Every row of every table of every database, as one text. */
export async function textsOf(env: Bindings): Promise<string> {
  const texts: string[] = [];
  for (const database of [env.DIRECTORY, ...shardsOf(env)]) {
    const { results } = await database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").all<{ name: string }>();
    for (const { name } of results) texts.push(JSON.stringify((await database.prepare(`SELECT * FROM "${name}"`).all()).results));
  }
  return texts.join("\n");
}
