/** Files of any till: which layouts are known, and how a file becomes days. */
export { combineHalves } from "./combine";
export { foldFile, MOST_BAD_ROWS_SHOWN, type BadRow, type FileReading, type FoldedDay, type FoldOrder, type FilePlace } from "./fold";
export { recognise } from "./known-layouts";
export { FIELDS, headingOf, headingsKey, missingColumns, PLAIN, type DateOrder, type Field, type FilePart, type Layout } from "./layout";
export { LARGEST_FILE_BYTES } from "./lines";
export { file } from "./manifest";
export { suggestColumns } from "./suggest-columns";
