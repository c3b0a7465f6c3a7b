/** Templates of messages over HTTP, at a shop's own host. */
import type { TemplateId } from "../../kernel/ids";
import { roleMay } from "../../kernel/roles";
import { ok, type Result } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard } from "../../http/guard";
import { answer } from "../../http/respond";
import { router } from "../../http/router";
import {
  previewRequest, previewView, templateAnswer, templateArchiving, templateChange, templatePath, templatesView, type TemplateAnswer, type TemplateView,
} from "./contract";
import { archiveTemplate, previewWords, saveTemplate, toTemplateView } from "./templates";
import { FIELD_LIST, STARTERS } from "./templates-rules";
import { templatesOf } from "./templates-store";

export const messageTemplatesRoutes = router()
  .get("/message-templates", guard("messages.read"), gives(templatesView), async (c) => {
    const { db, role } = c.get("visit");
    const templates = (await templatesOf(db)).map(toTemplateView);
    return answer(c, ok({ templates, starters: [...STARTERS], fields: [...FIELD_LIST], may: { manage: roleMay(role, "messages.manage") } }));
  })
  .post("/message-templates/preview", guard("messages.send"), accept("json", previewRequest), gives(previewView), async (c) => (
    answer(c, await previewWords(c.get("visit"), c.req.valid("json")))
  ))
  .post("/message-templates", guard("messages.manage"), accept("json", templateChange), gives(templateAnswer), async (c) => (
    answer(c, named(await saveTemplate(c.get("world"), c.get("visit"), null, c.req.valid("json"))))
  ))
  .put("/message-templates/:template", guard("messages.manage"), accept("param", templatePath), accept("json", templateChange), gives(templateAnswer), async (c) => (
    answer(c, named(await saveTemplate(c.get("world"), c.get("visit"), c.req.valid("param").template as TemplateId, c.req.valid("json"))))
  ))
  .post("/message-templates/:template/archive", guard("messages.manage"), accept("param", templatePath), accept("json", templateArchiving), gives(templateAnswer), async (c) => (
    answer(c, named(await archiveTemplate(c.get("world"), c.get("visit"), c.req.valid("param").template as TemplateId, c.req.valid("json"))))
  ));

function named(template: Result<TemplateView>): Result<TemplateAnswer> {
  return template.ok ? ok({ template: template.value }) : template;
}
