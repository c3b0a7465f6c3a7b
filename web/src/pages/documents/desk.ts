/** The one desk of uploads of this tab: going to another page of the shop and coming back finds it as it is. */
import { announce } from "../../ui/toast";
import { documentsApi } from "./documents-api";
import { prepare } from "./prepare";
import { browserLine } from "./steady";
import { createUploads, type Uploads } from "./uploads";
import { uploadWords as words } from "./upload-words";

let desk: Uploads | undefined;

/** Made when it is first asked for. Leaving the tab while something is under way asks first. */
export function uploadsDesk(): Uploads {
  if (desk !== undefined) return desk;
  const made = createUploads({ api: documentsApi, line: browserLine, prepare, onAllDone: (filed) => announce(words.allDone(filed)) });
  addEventListener("beforeunload", (event) => {
    if (made.isBusy()) event.preventDefault();
  });
  return (desk = made);
}
