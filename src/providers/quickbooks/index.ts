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
  calls: {
    describe: 2,
    // A receipt asks for the account of sales tax, both times, and for its items.
    post: { journal: 2, receipt: 5 },
    newAccount: { journal: 0, receipt: 1 },
    find: { journal: 1, receipt: 2 },
    read: { journal: 1, receipt: 2 },
    // Preferences, and one page of each of four kinds of record.
    findLookalikes: 5,
  },
  dimensions,
  findLookalikes,
};
