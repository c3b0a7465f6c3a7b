/** The app at `auth.`: signing in and up, one's account, and the shops and organisations one belongs to. */
import { Router, useLocation, type RouteDefinition } from "@solidjs/router";
import { lazy, Show, Suspense, type JSX } from "solid-js";
import { asking } from "./proof";
import { Bars, Waiting } from "./ui/states";
import { Toasts } from "./ui/toast";
import { shellWords } from "./words";

const ProveDialog = lazy(() => import("./ui/prove-dialog"));

const routes: RouteDefinition[] = [
  { path: "/sign-in", component: lazy(() => import("./pages/sign-in/page")) },
  { path: "/sign-in/link", component: lazy(() => import("./pages/sign-in/link-page")) },
  { path: "/link", component: lazy(() => import("./pages/link/page")) },
  { path: "/sign-up", component: lazy(() => import("./pages/sign-up/page")) },
  { path: "/reset", component: lazy(() => import("./pages/reset/page")) },
  { path: "/second-factor", component: lazy(() => import("./pages/second-factor/page")) },
  { path: "/confirm", component: lazy(() => import("./pages/confirm/page")) },
  { path: "/invitation", component: lazy(() => import("./pages/invitation/page")) },
  { path: "/account", component: lazy(() => import("./pages/account/page")) },
  { path: "/account/security", component: lazy(() => import("./pages/account/security-page")) },
  { path: "/account/sessions", component: lazy(() => import("./pages/account/sessions-page")) },
  { path: "/work", component: lazy(() => import("./pages/work/page")) },
  { path: "/shops/new", component: lazy(() => import("./pages/shops/new-shop-page")) },
  { path: "/organisations/new", component: lazy(() => import("./pages/shops/new-organisation-page")) },
  { path: "/*", component: lazy(() => import("./pages/shops/page")) },
];

/** The whole app of the auth host. */
export default function AuthApp(): JSX.Element {
  return <Router root={(props) => <Frame>{props.children}</Frame>}>{routes}</Router>;
}

function Frame(props: { children?: JSX.Element }): JSX.Element {
  const at = useLocation();
  return (
    <main class={/^\/(?:account|work)/.test(at.pathname) ? "alone account" : "alone"}>
      <div class="brand">{shellWords.brand}<i /></div>
      <Suspense fallback={<Waiting><Bars count={4} tall /></Waiting>}>{props.children}</Suspense>
      <Suspense><Show when={asking()}>{(settle) => <ProveDialog onSettle={settle()} />}</Show></Suspense>
      <Toasts />
    </main>
  );
}
