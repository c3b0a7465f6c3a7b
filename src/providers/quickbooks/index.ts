/** QuickBooks Online, the books. */
import type { RemoteBooks } from "../contract";
import { accounts, createAccount, newAccountTypes } from "./accounts";
import { describe } from "./company";
import { dimensions } from "./dimensions";
import { createEntry, findEntry, readEntry } from "./entries";
import { findLookalikes } from "./lookalikes";
import { accountsUrl, manifest } from "./manifest";
import { oauth } from "./oauth";

export const quickbooks: RemoteBooks = {
  manifest, oauth, accountsUrl, describe, accounts, createEntry, findEntry, readEntry, newAccountTypes, createAccount,
  methods: ["journal", "receipt"],
  dimensions,
  findLookalikes,
};
