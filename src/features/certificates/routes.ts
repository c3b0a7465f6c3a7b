/** Certificates and their templates over HTTP, at a shop's own host. */
import type { Context } from "hono";
import { ok, type Result } from "../../kernel/result";
import { accept } from "../../http/accept";
import { gives } from "../../http/gives";
import { guard, type ShopEnv } from "../../http/guard";
import { takeTurn } from "../../http/limit";
import { answer, refuse } from "../../http/respond";
import { router } from "../../http/router";
import {
  archiving, certificateAnswer, certificatePath, certificateRequest, certificatesQuery, certificatesView, paperRequest, revocation, templateAnswer, templateChange, templatePath,
  type CertificateView, type TemplateView,
} from "./contract";
import { archiveTemplate, issueCertificate, makePaper, revokeCertificate, saveTemplate, viewCertificate, viewCertificates } from "./service";
import type { CertificateRow, TemplateId } from "./store";

export const certificatesRoutes = router()
  .get("/certificates", guard("documents.read"), accept("query", certificatesQuery), gives(certificatesView), async (c) => (
    answer(c, ok(await viewCertificates(c.get("world"), c.env, c.get("visit"), c.req.valid("query"))))
  ))
  .post("/certificates", guard("documents.write"), accept("json", certificateRequest), gives(certificateAnswer), async (c) => {
    const turn = await takeTurn(c, "certificate", { shop: c.get("visit").shop.id });
    if (!turn.ok) return refuse(c, turn.failure);
    return answer(c, await shown(c, await issueCertificate(c.get("world"), c.env, c.get("visit"), c.req.valid("json"))));
  })
  .post("/certificates/:number/paper", guard("documents.write"), accept("param", certificatePath), accept("json", paperRequest), gives(certificateAnswer), async (c) => (
    answer(c, await shown(c, await makePaper(c.get("world"), c.env, c.get("visit"), c.req.valid("param").number)))
  ))
  .post("/certificates/:number/revoke", guard("documents.manage"), accept("param", certificatePath), accept("json", revocation), gives(certificateAnswer), async (c) => (
    answer(c, await shown(c, await revokeCertificate(c.get("world"), c.get("visit"), c.req.valid("param").number, c.req.valid("json").because)))
  ))
  .post("/certificate-templates", guard("documents.manage"), accept("json", templateChange), gives(templateAnswer), async (c) => (
    answer(c, named(await saveTemplate(c.get("world"), c.env, c.get("visit"), null, c.req.valid("json"))))
  ))
  .put("/certificate-templates/:template", guard("documents.manage"), accept("param", templatePath), accept("json", templateChange), gives(templateAnswer), async (c) => (
    answer(c, named(await saveTemplate(c.get("world"), c.env, c.get("visit"), c.req.valid("param").template as TemplateId, c.req.valid("json"))))
  ))
  .post("/certificate-templates/:template/archive", guard("documents.manage"), accept("param", templatePath), accept("json", archiving), gives(templateAnswer), async (c) => (
    answer(c, named(await archiveTemplate(c.get("world"), c.get("visit"), c.req.valid("param").template as TemplateId, c.req.valid("json"))))
  ));

async function shown(c: Context<ShopEnv>, row: Result<CertificateRow>): Promise<Result<{ readonly certificate: CertificateView }>> {
  return row.ok ? ok({ certificate: await viewCertificate(c.get("world"), c.env, c.get("visit"), row.value) }) : row;
}

function named(template: Result<TemplateView>): Result<{ readonly template: TemplateView }> {
  return template.ok ? ok({ template: template.value }) : template;
}
