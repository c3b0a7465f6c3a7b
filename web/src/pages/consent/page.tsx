/** What people said of being written to: what waits for a person, and how each stop was kept. */
import type { JSX } from "solid-js";
import { Page } from "../../ui/page";
import { Permitted } from "../../ui/states";
import { Held } from "./held";
import { Report } from "./report";
import { consentWords as words } from "./words";
import "../../styles/held.css";
import "../../styles/picking.css";

/** /consent?from=&to= */
export default function ConsentPage(): JSX.Element {
  return <Permitted permission="messages.read"><Page title={words.title} about={words.about}><div class="stack wide"><Held /><Report /></div></Page></Permitted>;
}
