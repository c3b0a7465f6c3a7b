/** The app of one organisation: first who is asking, then the pages. */
import { Router, type RouteDefinition } from "@solidjs/router";
import { ErrorBoundary, lazy, type JSX } from "solid-js";
import { hqApi } from "./hq-api";
import { HqProvider } from "./ui/hq";
import { HqShell } from "./ui/hq-shell";
import { createLive } from "./ui/live";
import { Loaded } from "./ui/states";
import { shellWords, stateOfPageWords as words } from "./words";
import "./styles/hq.css";

const routes: RouteDefinition[] = [
  { path: "/", component: lazy(() => import("./pages/hq-grid/page")) },
  { path: "/shops/:shop/:date", component: lazy(() => import("./pages/hq-date/page")) },
  { path: "/compare", component: lazy(() => import("./pages/hq-compare/page")) },
  { path: "/shops", component: lazy(() => import("./pages/hq-shops/page")) },
  { path: "/members", component: lazy(() => import("./pages/hq-members/page")) },
  { path: "/opt-outs", component: lazy(() => import("./pages/hq-opt-outs/page")) },
  { path: "/audit", component: lazy(() => import("./pages/hq-audit/page")) },
  { path: "*all", component: lazy(() => import("./pages/not-found")) },
];

/** The whole app of an organisation's host. */
export default function HqApp(): JSX.Element {
  const live = createLive({ key: () => "organisation", ask: hqApi.organisation });
  return (
    <ErrorBoundary fallback={<Crashed />}>
      <Loaded live={live} skeleton={<main class="app empty"><h1 class="unseen">{shellWords.brand}</h1></main>}>
        {(view) => (
          <HqProvider view={view()}>
            <Router root={(props) => <HqShell>{props.children}</HqShell>}>{routes}</Router>
          </HqProvider>
        )}
      </Loaded>
    </ErrorBoundary>
  );
}

function Crashed(): JSX.Element {
  return (
    <main class="alone">
      <div class="notice failed" role="alert">
        <h1>{words.crashed}</h1>
        <p>{words.crashedNext}</p>
        <p><button type="button" class="button" onClick={() => location.reload()}>{words.reload}</button></p>
      </div>
    </main>
  );
}
