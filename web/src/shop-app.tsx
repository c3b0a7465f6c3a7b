/** The app of one shop: first who is asking, then the pages. */
import { Router, type RouteDefinition } from "@solidjs/router";
import { createEffect, ErrorBoundary, lazy, type JSX } from "solid-js";
import { shopApi } from "./api";
import { createLive } from "./ui/live";
import { Shell } from "./ui/shell";
import { ShopProvider } from "./ui/shop";
import { Loaded } from "./ui/states";
import { watchPage } from "./watch";
import { shellWords, stateOfPageWords as words } from "./words";

const routes: RouteDefinition[] = [
  { path: "/", component: lazy(() => import("./pages/set-up/home")) },
  { path: "/set-up", component: lazy(() => import("./pages/set-up/page")) },
  { path: "/days", component: lazy(() => import("./pages/days/page")) },
  { path: "/days/:location/:date", component: lazy(() => import("./pages/day/page")) },
  { path: "/reports", component: lazy(() => import("./pages/reports/page")) },
  { path: "/payouts", component: lazy(() => import("./pages/payouts/page")) },
  { path: "/payouts/bridge", component: lazy(() => import("./pages/payouts/bridge-page")) },
  { path: "/payouts/:payout", component: lazy(() => import("./pages/payouts/payout-page")) },
  { path: "/mapping", component: lazy(() => import("./pages/mapping/page")) },
  { path: "/documents", component: lazy(() => import("./pages/documents/page")) },
  { path: "/documents/:document", component: lazy(() => import("./pages/documents/document-page")) },
  { path: "/files", component: lazy(() => import("./pages/files/page")) },
  { path: "/certificates", component: lazy(() => import("./pages/certificates/page")) },
  { path: "/certificates/templates", component: lazy(() => import("./pages/certificates/templates-page")) },
  { path: "/certificates/templates/:template", component: lazy(() => import("./pages/certificates/template-page")) },
  { path: "/inbox/:contact?", component: lazy(() => import("./pages/inbox/page")) },
  { path: "/contacts", component: lazy(() => import("./pages/contacts/page")) },
  { path: "/contacts/import", component: lazy(() => import("./pages/contacts/import-page")) },
  { path: "/contacts/:contact", component: lazy(() => import("./pages/contacts/contact-page")) },
  { path: ["/texting", "/templates/:template?", "/broadcasts/:broadcast?", "/consent"], component: lazy(() => import("./pages/texting/area")) },
  { path: "/connections", component: lazy(() => import("./pages/connections/page")) },
  { path: "/team", component: lazy(() => import("./pages/team/page")) },
  { path: "/permissions", component: lazy(() => import("./pages/permissions/page")) },
  { path: "/audit", component: lazy(() => import("./pages/audit/page")) },
  { path: "/settings", component: lazy(() => import("./pages/settings/page")) },
  { path: "*all", component: lazy(() => import("./pages/not-found")) },
];

/** The whole app of a shop's host. */
export default function ShopApp(): JSX.Element {
  const live = createLive({ key: () => "shop", ask: shopApi.shop });
  createEffect(() => live.value() !== undefined && watchPage(() => void live.reload()));
  return (
    <ErrorBoundary fallback={(_error, reset) => <Crashed onReset={reset} />}>
      <Loaded live={live} skeleton={<main class="app empty"><h1 class="unseen">{shellWords.brand}</h1></main>}>
        {(view) => (
          <ShopProvider view={view()} onReload={live.reload}>
            <Router root={(props) => <Shell>{props.children}</Shell>}>{routes}</Router>
          </ShopProvider>
        )}
      </Loaded>
    </ErrorBoundary>
  );
}

function Crashed(props: { onReset: () => void }): JSX.Element {
  return (
    <main class="alone">
      <div class="notice failed" role="alert">
        <h1>{words.crashed}</h1>
        <p>{words.crashedNext}</p>
        <p><button type="button" class="button" onClick={() => { props.onReset(); location.reload(); }}>{words.reload}</button></p>
      </div>
    </main>
  );
}
