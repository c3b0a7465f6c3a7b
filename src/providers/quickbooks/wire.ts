/**
 * QuickBooks Online's JSON at our door: only the fields that are read, everything else tolerated. Element names are
 * those of Intuit's Finance.xsd.
 */
import { z } from "zod";

const reference = z.object({ value: z.string() });

/** One account of the chart. `Classification` and `CurrencyRef` are missing on some. */
export const accountSchema = z.object({
  Id: z.string(),
  Name: z.string(),
  FullyQualifiedName: z.string().optional(),
  Active: z.boolean().default(true),
  Classification: z.string().optional(),
  AccountType: z.string().default(""),
  CurrencyRef: reference.optional(),
});
export type WireAccount = z.infer<typeof accountSchema>;

export const accountAnswerSchema = z.object({ Account: accountSchema });

/** A page of accounts; an empty page has no `Account` at all. */
export const accountPageSchema = z.object({ QueryResponse: z.object({ Account: z.array(accountSchema).default([]) }) });

/** One class or one department. */
const tagSchema = z.object({ Id: z.string(), Name: z.string(), FullyQualifiedName: z.string().optional(), Active: z.boolean().default(true) });
export type WireTag = z.infer<typeof tagSchema>;

/** A page of classes or of departments; an empty page names neither. */
export const tagPageSchema = z.object({
  QueryResponse: z.object({ Class: z.array(tagSchema).default([]), Department: z.array(tagSchema).default([]) }),
});

/** Whether lines may carry classes and locations at all. */
export const trackingAnswerSchema = z.object({
  Preferences: z.object({
    AccountingInfoPrefs: z.object({ ClassTrackingPerTxnLine: z.boolean().default(false), TrackDepartments: z.boolean().default(false) })
      .default({ ClassTrackingPerTxnLine: false, TrackDepartments: false }),
  }),
});

/** A transaction of any kind, as far as it may tell where it came from. */
export const recordSchema = z.object({
  Id: z.string(),
  DocNumber: z.string().default(""),
  TxnDate: z.string(),
  PrivateNote: z.string().default(""),
  TotalAmt: z.number().optional(),
  CurrencyRef: reference.optional(),
  CustomerRef: z.object({ name: z.string().default("") }).optional(),
  Line: z.array(z.object({
    Description: z.string().default(""),
    Amount: z.number().optional(),
    JournalEntryLineDetail: z.object({ PostingType: z.enum(["Debit", "Credit"]) }).optional(),
  })).default([]),
});
export type WireRecord = z.infer<typeof recordSchema>;

const recordsSchema = z.array(recordSchema).default([]);
export const recordPageSchema = z.object({
  QueryResponse: z.object({ JournalEntry: recordsSchema, SalesReceipt: recordsSchema, Deposit: recordsSchema, Invoice: recordsSchema }),
});

/** A line of an entry; one without a detail is a remark and moves no money. */
const lineSchema = z.object({
  Amount: z.number().optional(),
  JournalEntryLineDetail: z.object({
    PostingType: z.enum(["Debit", "Credit"]), AccountRef: reference, ClassRef: reference.optional(), DepartmentRef: reference.optional(),
  }).optional(),
});

/** An entry as a person may have left it: without a number, without a currency, with remarks. */
export const entrySchema = z.object({
  Id: z.string(),
  DocNumber: z.string().default(""),
  TxnDate: z.string(),
  CurrencyRef: reference.optional(),
  Line: z.array(lineSchema),
});
export type WireEntry = z.infer<typeof entrySchema>;

export const entryAnswerSchema = z.object({ JournalEntry: entrySchema });

/** Reading a deleted entry may answer with this stub in place of a fault. */
export const deletedAnswerSchema = z.object({ JournalEntry: z.object({ Id: z.string(), status: z.literal("Deleted") }) });

export const entryPageSchema = z.object({ QueryResponse: z.object({ JournalEntry: z.array(entrySchema).default([]) }) });

/** A service item; `IncomeAccountRef` is the account that it books to. */
const itemSchema = z.object({ Id: z.string(), Name: z.string(), Active: z.boolean().default(true), IncomeAccountRef: reference.optional() });
export type WireItem = z.infer<typeof itemSchema>;
export const itemAnswerSchema = z.object({ Item: itemSchema });
export const itemPageSchema = z.object({ QueryResponse: z.object({ Item: z.array(itemSchema).default([]) }) });

/** A sales receipt; a line without an item's detail is its subtotal or a remark. */
const receiptSchema = z.object({
  Id: z.string(),
  DocNumber: z.string().default(""),
  TxnDate: z.string(),
  CurrencyRef: reference.optional(),
  DepartmentRef: reference.optional(),
  TxnTaxDetail: z.object({ TotalTax: z.number().optional() }).optional(),
  Line: z.array(z.object({
    Amount: z.number().optional(),
    SalesItemLineDetail: z.object({ ItemAccountRef: reference.optional(), ClassRef: reference.optional() }).optional(),
  })),
});
export type WireReceipt = z.infer<typeof receiptSchema>;
export const receiptAnswerSchema = z.object({ SalesReceipt: receiptSchema });
export const receiptPageSchema = z.object({ QueryResponse: z.object({ SalesReceipt: z.array(receiptSchema).default([]) }) });
export const deletedReceiptSchema = z.object({ SalesReceipt: z.object({ Id: z.string(), status: z.literal("Deleted") }) });

export const companyAnswerSchema = z.object({ CompanyInfo: z.object({ CompanyName: z.string() }) });

export const preferencesAnswerSchema = z.object({
  Preferences: z.object({
    AccountingInfoPrefs: z.object({ BookCloseDate: z.string().nullish() }).default({}),
    CurrencyPrefs: z.object({ HomeCurrency: reference }),
  }),
});

/** Token life: access `expires_in`, refresh `x_refresh_token_expires_in`, both in seconds from now. */
export const tokenAnswerSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().int().positive(),
  refresh_token: z.string().min(1),
  x_refresh_token_expires_in: z.number().int().positive().optional(),
});

/** A fault in either spelling: capital from the business layer, lower case from the gateway (401, 429). */
export const capitalFaultSchema = z.object({
  Fault: z.object({
    Error: z.array(z.object({ Message: z.string().default(""), Detail: z.string().nullish(), code: z.string() })).min(1),
    type: z.string().default(""),
  }),
});
export const lowerFaultSchema = z.object({
  fault: z.object({
    error: z.array(z.object({ message: z.string().default(""), detail: z.string().nullish(), code: z.string() })).min(1),
    type: z.string().default(""),
  }),
});
