/** How a shop posts, as a page offers it: with what the connected books can take. */
import { failed, ok, type Result } from "../../kernel/result";
import type { Visit } from "../../http/guard";
import { providerOf } from "../../providers/registry";
import { connectionsQuery, currentOf, type ConnectionRow } from "../connections/service";
import { setPosting, type Act } from "./acts";
import type { PostingChange, PostingView } from "./contract";
import { ruleOf } from "./load";
import { postingRuleQuery } from "./store";

/** How the shop posts now. */
export async function viewPosting({ db }: Visit): Promise<PostingView> {
  const [[row], connections] = await db.orm.batch([postingRuleQuery(db), connectionsQuery(db)]);
  return { ...ruleOf(row), methods: methodsOf(connections) };
}

/** Sets it. `invalid_input` for a way of posting that the connected books do not have. */
export async function changePosting(act: Act, change: PostingChange): Promise<Result<PostingView>> {
  const methods = methodsOf(await connectionsQuery(act.visit.db));
  if (change.method !== undefined && !methods.includes(change.method)) {
    const message = "Your books cannot take days in this way.";
    return failed({ kind: "invalid_input", message, fields: [{ path: "method", message }] });
  }
  return ok({ ...(await setPosting(act, change)), methods });
}

/** Journal entries are taken everywhere; the rest is the books' own to say. */
function methodsOf(connections: readonly ConnectionRow[]): PostingView["methods"] {
  const connection = currentOf(connections, "books");
  const books = connection === null ? null : providerOf(connection.provider);
  return books !== null && "methods" in books ? [...books.methods] : ["journal"];
}
