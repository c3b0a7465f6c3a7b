/** An address that is no page. */
import type { JSX } from "solid-js";
import { Page } from "../ui/page";

/** Says so, with the way back. */
export default function NotFound(): JSX.Element {
  return (
    <Page title="There is nothing at this address">
      <p>It may have been mistyped, or the page has moved.</p>
      <p><a class="button primary" href="/days">Go to your days</a></p>
    </Page>
  );
}
