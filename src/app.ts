/** The whole app: the order of what every request goes through, and every feature's routes on the site they belong to. */
import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { absent } from "./http/absent";
import { jsonBody } from "./http/body";
import { plausibleCookies } from "./http/cookies";
import { begin, broke, httpsOnly, sitePath } from "./http/door";
import { files, servePage, servePageStyle } from "./http/files";
import type { ShopEnv } from "./http/guard";
import type { HqEnv } from "./http/hq-guard";
import { securityHeaders } from "./http/headers";
import type { PersonEnv } from "./http/person";
import { router, type AppEnv } from "./http/router";
import { knownMethods, sameOrigin } from "./http/same-origin";
import { originOf } from "./http/site";
import { openShopDb } from "./platform/database";
import type { World } from "./platform/world";
import { auditRoutes, hqAuditRoutes } from "./features/audit/routes";
import { broadcastsRoutes } from "./features/broadcasts/routes";
import { certificatesRoutes } from "./features/certificates/routes";
import { verifyRoutes } from "./features/certificates/verify-routes";
import { connectRoutes } from "./features/connections/consent-routes";
import { connectionsRoutes } from "./features/connections/routes";
import { providerNameOf } from "./features/connections/service";
import { hqConsentRoutes } from "./features/consent/hq-routes";
import { mailEventRoutes, type MailDesk } from "./features/consent/mail-event-routes";
import { consentRoutes } from "./features/consent/routes";
import type { Stopping } from "./features/consent/stop-at";
import { stopFormRoutes } from "./features/consent/stop-form-routes";
import { unsubscribeRoutes } from "./features/consent/unsubscribe-routes";
import { countryOf, readPhone } from "./features/contacts/phone";
import { contactFilesRoutes } from "./features/contacts/file-routes";
import { contactsRoutes } from "./features/contacts/routes";
import { contactOf, personOf } from "./features/contacts/service";
import { documentsRoutes } from "./features/documents/routes";
import { factorRoutes, passkeySignInRoutes, secondFactorRoutes } from "./features/factors/routes";
import { filesRoutes } from "./features/files/routes";
import { hqInvitationRoutes } from "./features/headquarters/invitation-routes";
import { headquartersRoutes } from "./features/headquarters/routes";
import { hookRoutes } from "./features/hooks/routes";
import { inboundRoutes } from "./features/inbound/routes";
import { mappingRoutes } from "./features/mapping/routes";
import { messagesRoutes } from "./features/messages/routes";
import { recordState } from "./features/messages/service";
import { messageTemplatesRoutes } from "./features/messages/templates-routes";
import { newOrganisationRoutes, organisationRoutes, shopOrganisationRoutes } from "./features/organisations/routes";
import { payoutsRoutes } from "./features/settlement/routes";
import { reportsRoutes } from "./features/reports/routes";
import { linkRoutes } from "./features/shares/files-routes";
import { sharesRoutes } from "./features/shares/routes";
import { shopsRoutes } from "./features/shops/routes";
import { leaveRoutes, sessionRoutes } from "./features/sessions/routes";
import { createIdentify, createIdentifyHq, createIdentifyPerson } from "./features/sessions/service";
import { enterRoutes, knownSite, siteSignOutRoutes } from "./features/sessions/site-routes";
import { authWatchRoutes, hqWatchRoutes, shopWatchRoutes } from "./features/sessions/watch-routes";
import { accountRoutes } from "./features/sign-in/account-routes";
import { resetRoutes, signInRoutes } from "./features/sign-in/routes";
import { signUpRoutes } from "./features/sign-in/sign-up-routes";
import { backfillRoutes, daysRoutes, mappingChangeRoutes, postingRoutes } from "./features/sync/routes";
import { droppingRoutes } from "./features/sync/file-routes";
import { acceptanceRoutes, invitationRoutes, teamRoutes } from "./features/team/routes";
import { textLineRoutes } from "./features/text-line/routes";
import { workRoutes } from "./features/work/routes";

/** A shop's own host. Everything under /api needs a permission, but for signing out. */
export const shopSite = router()
  .route("/api", shopsRoutes)
  .route("/api", connectionsRoutes)
  .route("/api", mappingRoutes)
  .route("/api", mappingChangeRoutes)
  .route("/api", daysRoutes)
  .route("/api", postingRoutes)
  .route("/api", backfillRoutes)
  .route("/api", payoutsRoutes)
  .route("/api", reportsRoutes)
  .route("/api", filesRoutes)
  .route("/api", droppingRoutes)
  .route("/api", certificatesRoutes)
  .route("/api", documentsRoutes)
  .route("/api", contactFilesRoutes)
  .route("/api", contactsRoutes)
  .route("/api", sharesRoutes)
  .route("/api", textLineRoutes)
  .route("/api", messagesRoutes)
  .route("/api", messageTemplatesRoutes)
  .route("/api", broadcastsRoutes)
  .route("/api", consentRoutes)
  .route("/api", auditRoutes)
  .route("/api", teamRoutes)
  .route("/api", invitationRoutes)
  .route("/api", shopWatchRoutes)
  .route("/api", shopOrganisationRoutes)
  .route("/api", siteSignOutRoutes)
  .route("/", enterRoutes);

/** An organisation's host, `hq-<name>.`. */
export const hqSite = router()
  .route("/api", hqAuditRoutes)
  .route("/api", hqWatchRoutes)
  .route("/api", organisationRoutes)
  .route("/api", hqConsentRoutes)
  .route("/api", headquartersRoutes)
  .route("/api", hqInvitationRoutes)
  .route("/api", siteSignOutRoutes)
  .route("/", enterRoutes);

/** `auth.`, where people sign in. */
export const authSite = router()
  .route("/api", signInRoutes)
  .route("/api", resetRoutes)
  .route("/api", signUpRoutes)
  .route("/api", accountRoutes)
  .route("/api", sessionRoutes)
  .route("/api", acceptanceRoutes)
  .route("/api", authWatchRoutes)
  .route("/api", factorRoutes)
  .route("/api", passkeySignInRoutes)
  .route("/api", secondFactorRoutes)
  .route("/api", newOrganisationRoutes)
  .route("/api", workRoutes)
  .route("/", leaveRoutes)
  .route("/", connectRoutes);

/** `files.`, where signed links lead. */
export const filesSite = router()
  .get("/page.css", servePageStyle)
  .route("/", verifyRoutes)
  .route("/", linkRoutes);

/** For `hc<ShopApi>("/")` on a shop's host, `hc<HqApi>("/")` on an organisation's, and `hc<AuthApi>("/")` at `auth.`. */
export type ShopApi = typeof shopSite;
export type HqApi = typeof hqSite;
export type AuthApi = typeof authSite;

/** Builds the app for one world. Routes are found by site and path: see `http/door.ts`. */
export function createApp(world: World): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ getPath: sitePath });
  app.onError(broke);
  app.notFound(absent);
  app.use(securityHeaders, begin(world, providerNameOf), httpsOnly, knownMethods);
  // Providers are no browsers: what they send proves itself by its bytes, which nobody may have touched before.
  app.route("/public", mailEventRoutes({ ...STOPPING, told: recordMail })).route("/public", hookRoutes).route("/public", inboundRoutes);
  // Whoever says stop may be a mail program, or come from any page: what they say can do nothing else, and needs nobody's session.
  app.route("/public", unsubscribeRoutes(STOPPING)).route("/shop", stopFormRoutes(STOPPING));
  // Links prove themselves too, and their host knows no cookie, no JSON, and no other file of ours.
  app.route("/files", filesSite);
  app.use(plausibleCookies, sameOrigin, jsonBody, files);
  app.use(identified(world));
  app.route("/shop", shopSite).get("/shop/*", knownSite).get("/shop/*", (c) => servePage(c, "/"));
  app.route("/hq", hqSite).get("/hq/*", knownSite).get("/hq/*", (c) => servePage(c, "/"));
  app.route("/auth", authSite).get("/auth/*", (c) => servePage(c, "/"));
  app.get("/public/", (c) => servePage(c, "/landing"));
  app.get("/public/sign-in", (c) => c.redirect(`${originOf("auth", c.get("config"))}/sign-in`, 303));
  return app;
}

/** Where a stop is written that needs no session, and whose it is besides. */
const STOPPING: Stopping = {
  open: (env, { shopId, shard }) => openShopDb(env, shopId, shard),
  find: async (db, address) => {
    const contact = await contactOf(db, address);
    return (contact === null ? null : personOf(contact, address.channel)) ?? { address, others: [] };
  },
  readPhone: (text, shop) => readPhone(text, countryOf(shop)),
};

const recordMail: MailDesk["told"] = async (ledger, { emailId, state, reason, at }) => await recordState(ledger, { sid: emailId, state, errorCode: reason, at });

/** How each site finds who is asking: none of it runs until a route's guard asks. */
function identified(world: World) {
  const [identify, identifyHq, identifyPerson] = [createIdentify(world), createIdentifyHq(world), createIdentifyPerson(world)];
  type Identified = { Bindings: AppEnv["Bindings"]; Variables: ShopEnv["Variables"] & HqEnv["Variables"] & PersonEnv["Variables"] };
  return createMiddleware<Identified>(async (c, next) => {
    c.set("identify", identify);
    c.set("identifyHq", identifyHq);
    c.set("identifyPerson", identifyPerson);
    await next();
  });
}
