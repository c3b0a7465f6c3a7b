/** What the server takes, said here as well: a contract's values would bring its whole schema along. */

/** Of a file of contacts, in bytes. */
export const LARGEST_BYTES = 10_000_000;
