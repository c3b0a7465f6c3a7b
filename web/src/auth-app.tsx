/** The app at `auth.`: signing in, and the shops one belongs to. */
import { Router, type RouteDefinition } from "@solidjs/router";
import { lazy, Suspense, type JSX } from "solid-js";
import { Bars, Waiting } from "./ui/states";

const routes: RouteDefinition[] = [
  { path: "/sign-in", component: lazy(() => import("./pages/sign-in/page")) },
  { path: "/*", component: lazy(() => import("./pages/shops/page")) },
];

/** The whole app of the auth host. */
export default function AuthApp(): JSX.Element {
  return <Router root={(props) => <Frame>{props.children}</Frame>}>{routes}</Router>;
}

function Frame(props: { children?: JSX.Element }): JSX.Element {
  return (
    <main class="alone">
      <div class="brand">Daybook<i /></div>
      <Suspense fallback={<Waiting><Bars count={4} tall /></Waiting>}>{props.children}</Suspense>
    </main>
  );
}
