/** Conversations over HTTP, at a shop's own host. */
import type { Context } from "hono";
import type { ContactId, MessageId, PersonId } from "../../kernel/ids";
import { ok } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard, type ShopEnv } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import { cancel, compose } from "./compose";
import {
  assigneesView, assignment, cancellation, closing, messageAnswer, messagePath, messageRequest, noticeRule, reading, threadAnswer, threadPath, threadQuery, threadsQuery, threadsView,
  threadView, unreadView,
} from "./contract";
import { assign, close, markRead, viewAssignees, viewThread, viewThreads, viewUnread, type Acting } from "./inbox";
import { setNoticeRule, viewNoticeRule } from "./notices";

const actingOf = (c: Context<ShopEnv>): Acting => ({ world: c.get("world"), env: c.env, visit: c.get("visit") });

export const messagesRoutes = router()
  .get("/threads", guard("messages.read"), accept("query", threadsQuery), gives(threadsView), async (c) => answer(c, ok(await viewThreads(actingOf(c), c.req.valid("query")))))
  .get("/threads/unread", guard("messages.read"), gives(unreadView), async (c) => answer(c, ok(await viewUnread(actingOf(c)))))
  .get("/threads/assignees", guard("messages.read"), gives(assigneesView), async (c) => answer(c, ok(await viewAssignees(actingOf(c)))))
  .get("/threads/:contact", guard("messages.read"), accept("param", threadPath), accept("query", threadQuery), gives(threadView), async (c) => (
    answer(c, await viewThread(actingOf(c), c.req.valid("param").contact as ContactId, c.req.valid("query").before))
  ))
  .post("/threads/:contact/messages", guard("messages.send"), accept("param", threadPath), accept("json", messageRequest), gives(messageAnswer), async (c) => {
    const turn = await takeTurn(c, "message", { shop: c.get("visit").shop.id });
    return turn.ok ? answer(c, await compose(actingOf(c), c.req.valid("param").contact as ContactId, c.req.valid("json"))) : refuse(c, turn.failure);
  })
  .post("/threads/:contact/messages/:message/cancel", guard("messages.send"), accept("param", messagePath), accept("json", cancellation), gives(messageAnswer), async (c) => {
    const { contact, message } = c.req.valid("param");
    return answer(c, await cancel(actingOf(c), { contactId: contact as ContactId, id: message as MessageId, at: c.req.valid("json").at }));
  })
  .post("/threads/:contact/read", guard("messages.read"), accept("param", threadPath), accept("json", reading), gives(threadAnswer), async (c) => (
    answer(c, await markRead(actingOf(c), c.req.valid("param").contact as ContactId, c.req.valid("json").through))
  ))
  .post("/threads/:contact/assign", guard("messages.send"), accept("param", threadPath), accept("json", assignment), gives(threadAnswer), async (c) => (
    answer(c, await assign(actingOf(c), c.req.valid("param").contact as ContactId, c.req.valid("json").person as PersonId | null))
  ))
  .post("/threads/:contact/done", guard("messages.send"), accept("param", threadPath), accept("json", closing), gives(threadAnswer), async (c) => (
    answer(c, await close(actingOf(c), c.req.valid("param").contact as ContactId, c.req.valid("json").isDone))
  ))
  .get("/message-notices", guard("messages.read"), gives(noticeRule), async (c) => answer(c, ok(await viewNoticeRule(c.get("visit")))))
  .put("/message-notices", guard("messages.manage"), accept("json", noticeRule), gives(noticeRule), async (c) => (
    answer(c, ok(await setNoticeRule(c.get("world"), c.get("visit"), c.req.valid("json"))))
  ));
