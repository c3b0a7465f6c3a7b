/** How the simulated QuickBooks Online says no: codes, messages and spellings as Intuit's. */

/** `lower` is the gateway's spelling (401, 403, 429), `capital` the business layer's. */
export type Refusal = {
  readonly status: 200 | 400 | 401 | 403 | 404 | 405 | 429 | 500 | 503;
  readonly code: string;
  readonly message: string;
  readonly detail: string | null;
  readonly type: string;
  readonly spelling: "capital" | "lower";
};

/** A refusal of the business layer, status 400. */
export function refuse(code: string, message: string, detail: string): Refusal {
  return { status: 400, code, message, detail, type: "ValidationFault", spelling: "capital" };
}

function gateway(status: Refusal["status"], code: string, name: string, type: string, detail: string | null): Refusal {
  const message = `message=${name}; errorCode=${code.padStart(6, "0")}; statusCode=${status}`;
  return { status, code, message, detail, type, spelling: "lower" };
}

export const throttled = gateway(429, "3001", "ThrottleExceeded", "SERVICE", "The request limit was reached. Try again later");
export const notAuthenticated = gateway(401, "3200", "AuthenticationFailed", "AUTHENTICATION", null);
export const notAuthorized = gateway(403, "3100", "ApplicationAuthorizationFailed", "AUTHORIZATION", null);

export const wrongCompany: Refusal = {
  ...refuse("100", "General authentication error", "The token does not belong to this company."),
  status: 403, type: "AuthenticationFault",
};

const CLOSED =
  "The account period has closed and the account books cannot be updated through the QBO Services API. Please use the QBO website to make these changes.";

export const periodClosed = refuse("6200", "Account Period Closed", CLOSED);
export const periodClosedByPassword = refuse("6210", "Account Period Closed, Cannot Update Through Services API", CLOSED);

export const unsupportedProperty = (name: string) =>
  refuse("2010", "Request has invalid or unsupported property", `Property Name:${name} is unsupported or invalid`);
export const required = (name: string) =>
  refuse("2020", "Required param missing, need to supply the required value for the API", `Required parameter ${name} is missing in the request`);
export const invalidText = (name: string) =>
  refuse("2040", "Invalid String. The string contains invalid characters", `Property Name:${name} contains invalid characters`);
export const wrongLength = (name: string, max: number, supplied: number) =>
  refuse("2050", "Invalid String Length", `Property Name:${name} specified is invalid. Min:0 Max:${max} Supplied:${supplied}`);
export const wrongDate = (name: string) =>
  refuse("2060", "Invalid date format", `Property Name:${name} specified is not a date of the form YYYY-MM-DD`);
export const wrongDecimal = (name: string) =>
  refuse("2100", "Invalid decimal format", `Property Name:${name} specified is not a decimal of the currency`);
export const wrongEnumeration = (name: string, value: string) =>
  refuse("2170", "Invalid Enumeration", `Property Name:${name} failed to parse ${value}`);
export const missingLines = refuse("2250", "Missing lines", "A journal entry needs at least two lines");
export const missingPostingType = refuse("2260", "Missing PostingType", "Every line says Debit or Credit");
export const negativeAmount = refuse("2290", "Negative amount", "Amounts in a journal entry are positive");
export const outOfBalance = (debits: string, credits: string) =>
  refuse("2300", "Debits and credits are not equal", `Total debits ${debits}, total credits ${credits}`);
export const unknownReference = (list: string, id: string) =>
  refuse("2500", "Invalid Reference Id", `Invalid Reference Id : ${list} element id ${id} not found`);
export const madeInactive = refuse(
  "610", "Object Not Found",
  "Object Not Found : Something you're trying to use has been made inactive. Check the fields with accounts, customers, items, vendors or employees.",
);
export const notFound = refuse(
  "610", "Object Not Found", "Object Not Found : The object ID you're requesting doesn't exist",
);
export const notSupported = (feature: string) =>
  refuse("5030", "Feature Not Supported Error", `${feature} is not supported or not switched on for this company`);
export const businessRule = (detail: string) =>
  refuse("6000", "A business validation error has occurred while processing your request", `Business Validation Error: ${detail}`);
export const stale = refuse(
  "5010", "Stale Object Error", "Stale Object Error : You and another user were working on this at the same time.",
);
export const numberTaken = (documentNumber: string, id: string) =>
  refuse(
    "6140", "Duplicate Document Number Error",
    `Duplicate Document Number Error : You must specify a different number. This number has already been used. DocNumber=${documentNumber} is assigned to TxnType=Journal Entry with TxnId=${id}`,
  );
export const negativeTotal = businessRule("The total of a sales receipt cannot be negative.");
export const nameTaken = refuse("6240", "Duplicate Name Exists Error", "The name supplied already exists. : Another account is already using this name.");
export const requestIdTaken = refuse("600", "Duplicate Request ID", "A request with this requestid was processed before");
export const requestIdWrong = refuse("2130", "Invalid Request Id Format", "The requestid is at most 50 characters long");
export const queryUnparsable = (detail: string) => refuse("4000", "Error parsing query", `QueryParserError: ${detail}`);
export const queryInvalid = (detail: string) => refuse("4001", "Invalid query", `QueryValidationError: ${detail}`);

/** What a company in that state answers to everything, or null when it works. */
export function refusalOfStatus(status: string): Refusal | null {
  switch (status) {
    case "lapsed":
      return refuse("6190", "Invalid Company Status", "Subscription period has ended or canceled or there was a billing problem");
    case "maintenance":
      return { ...refuse("150", "The company is under maintenance", "Try again later"), status: 503, type: "SystemFault" };
    case "locked":
      return { ...refuse("140", "The company is locked out", "The company cannot be used"), status: 403, type: "AuthorizationFault" };
    case "user_removed":
      return { ...refuse("120", "Authorization failure", "The user who connected was removed"), status: 403, type: "AuthorizationFault" };
    case "app_disconnected":
      return notAuthorized;
    default:
      return null;
  }
}
