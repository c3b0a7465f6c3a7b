/** Xero, the books. */
import type { RemoteBooks } from "../contract";
import { accounts, createAccount, newAccountTypes } from "./accounts";
import { dimensions } from "./dimensions";
import { createEntry, entriesChangedSince, findEntry, readEntry } from "./journals";
import { findLookalikes } from "./lookalikes";
import { accountsUrl, manifest } from "./manifest";
import { oauth } from "./oauth";
import { describe } from "./organisation";

export const xero: RemoteBooks = {
  manifest, oauth, accountsUrl, describe, accounts, dimensions, createEntry, findEntry, readEntry, entriesChangedSince, findLookalikes, newAccountTypes,
  createAccount, methods: ["journal"],
};
