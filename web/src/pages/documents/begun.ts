/** Which file an upload in parts was begun with: another of the same name and size must not be mixed into it. */
import { read, write } from "../../ui/choices";
import type { Unfinished } from "./uploads";

const nameOf = (upload: string) => `upload ${upload}`;

/** Remembers when the file was last changed, in this browser. */
export function rememberFile(upload: string, file: Pick<File, "lastModified">): void {
  write(nameOf(upload), String(file.lastModified));
}

/** Once nothing more comes of it. */
export function forgetFile(upload: string): void {
  write(nameOf(upload), null);
}

/** Whether a file is the one that was begun. A browser that did not begin it knows the name and the size alone. */
export function isFileOf({ id, name, sizeBytes }: Pick<Unfinished, "id" | "name" | "sizeBytes">, file: Pick<File, "name" | "size" | "lastModified">): boolean {
  const changedAt = read(nameOf(id));
  return file.name === name && file.size === sizeBytes && (changedAt === null || changedAt === String(file.lastModified));
}
