/** QuickBooks Online, the books. */
import { ok } from "../../kernel/result";
import type { RemoteBooks } from "../contract";
import { accounts, createAccount, newAccountTypes } from "./accounts";
import { describe } from "./company";
import { createEntry, findEntry, readEntry } from "./entries";
import { accountsUrl, manifest } from "./manifest";
import { oauth } from "./oauth";

export const quickbooks: RemoteBooks = {
  manifest, oauth, accountsUrl, describe, accounts, createEntry, findEntry, readEntry, newAccountTypes, createAccount,
  methods: ["journal"],
  dimensions: async () => ok([]),
  findLookalikes: async () => ok([]),
};
