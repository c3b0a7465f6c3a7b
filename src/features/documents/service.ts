/** Documents, as the other features may use them: what is kept, its content, and filing what Daybook makes. */
export { keeperOf, openContent, openThumbnail } from "./custody";
export { readMedia } from "./media/read-media";
export { fileMade, type FiledMade, type Made } from "./made";
export { isMade, foldedWords, madeDocumentId, mayTake, searchedWords } from "./rules";
export {
  documentForLink, documentLinksVoided, documentQuery, shopLinksVoided, type DocumentRow, type LinkedDocument, type StoredDocument,
} from "./store";
