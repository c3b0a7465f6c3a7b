/** Xero, the books. */
import type { BooksCalls, RemoteBooks } from "../contract";
import { accounts, createAccount, newAccountTypes } from "./accounts";
import { dimensions } from "./dimensions";
import { createEntry, entriesChangedSince, findEntry, readEntry } from "./journals";
import { findLookalikes } from "./lookalikes";
import { accountsUrl, manifest } from "./manifest";
import { oauth } from "./oauth";
import { describe } from "./organisation";

/** The organisation is asked for its currency first, once a job; what is found in a list is read by itself, for its lines. */
const CALLS: BooksCalls = {
  describe: 1,
  post: { journal: 3, receipt: 0 },
  newAccount: { journal: 0, receipt: 0 },
  find: { journal: 3, receipt: 0 },
  read: { journal: 2, receipt: 0 },
  findLookalikes: 2,
};

export const xero: RemoteBooks = {
  manifest, oauth, accountsUrl, describe, accounts, dimensions, createEntry, findEntry, readEntry, entriesChangedSince, findLookalikes, newAccountTypes,
  createAccount, methods: ["journal"], calls: CALLS,
};
