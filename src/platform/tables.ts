/** Every table, classed: owned by a shop or part of the directory. A table in neither set is refused by the guard. */
import { getTableName } from "drizzle-orm";
import { broadcast, broadcastRecipient } from "../features/broadcasts/table";
import { certificate, certificateTemplate } from "../features/certificates/table";
import { shopCheck } from "../features/checks/table";
import { chart, connectedAccount, connection, location, oauthFlow } from "../features/connections/table";
import { consent, consentCheck, consentEvidence, standing } from "../features/consent/table";
import { contact, contactImport, contactImportPart } from "../features/contacts/table";
import { dailyLetter } from "../features/daily-letter/table";
import { day, entry } from "../features/days/table";
import { document, documentRule, documentUsage, strayObject, upload, uploadPart } from "../features/documents/table";
import { passkey, passkeyChallenge, recoveryCode, totp } from "../features/factors/table";
import { fileDay, fileDrop, fileLayout, filePlace, fileStagedDay } from "../features/files/table";
import { reportFiling } from "../features/filing/table";
import { hookMark } from "../features/hooks/table";
import { ownAccount, ownBooks, ownEntry } from "../features/journal/table";
import { letter } from "../features/mail/table";
import { mapping } from "../features/mapping/table";
import { message, messageNotice, messageRule, messageTemplate, thread } from "../features/messages/table";
import { organisation, organisationMember, organisationOffer } from "../features/organisations/table";
import { payout, payoutEntry } from "../features/payouts/table";
import { knownDevice, person } from "../features/people/table";
import { documentUse, share } from "../features/shares/table";
import { membership, shop, slugHistory } from "../features/shops/table";
import { handOff, session, siteSession } from "../features/sessions/table";
import { credential, mailProof } from "../features/sign-in/table";
import { backfill, backfillDay, postingRule } from "../features/sync/table";
import { invitation } from "../features/team/table";
import { textHook, textLine, textNumber } from "../features/text-line/table";

/** Tables of the platform itself (`vault.ts`, `once.ts`, `audit.ts`): a shop's, and the directory's. */
const PLATFORM_TABLES = ["shop_key", "once", "audit", "audit_personal", "audit_pending"];
const PLATFORM_TABLES_OF_DIRECTORY = ["organisation_audit", "organisation_audit_personal", "organisation_audit_pending"];

/** Tables on the shards: every row has a shop, and every statement must say which. */
export const SHOP_TABLES: ReadonlySet<string> = new Set([
  ...[connection, location, chart, mapping, postingRule, day, entry, backfill, backfillDay, payout, payoutEntry].map((table) => getTableName(table)),
  ...[ownBooks, ownAccount, ownEntry, fileLayout, filePlace, fileDrop, fileStagedDay, fileDay].map((table) => getTableName(table)),
  ...[document, strayObject, upload, uploadPart, documentRule, documentUsage, share, documentUse, certificate, certificateTemplate].map((table) => getTableName(table)),
  ...[contact, contactImport, contactImportPart, consent, consentEvidence, standing, textLine, thread, message, messageTemplate, messageRule, messageNotice, broadcast, broadcastRecipient].map((table) => getTableName(table)),
  ...PLATFORM_TABLES,
]);

/** Tables of the directory: people, sessions, and where each shop lives. */
export const DIRECTORY_TABLES: ReadonlySet<string> = new Set([
  ...[
    person, knownDevice, credential, mailProof, totp, passkey, passkeyChallenge, recoveryCode, session, siteSession, handOff, shop, slugHistory, membership,
    invitation, organisation, organisationMember, organisationOffer, connectedAccount, oauthFlow, letter, dailyLetter, hookMark, shopCheck, reportFiling, textHook, textNumber,
    invitation, organisation, organisationMember, organisationOffer, connectedAccount, oauthFlow, letter, dailyLetter, hookMark, shopCheck, reportFiling, textHook, consentCheck,
  ].map((table) => getTableName(table)),
  ...PLATFORM_TABLES_OF_DIRECTORY,
]);
