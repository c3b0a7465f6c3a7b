/** Starts the app that belongs to this host: `auth.` signs people in, `hq-<name>.` is an organisation, every other host is a shop. */
import { lazy } from "solid-js";
import { render } from "solid-js/web";
import { installTrustedTypes } from "./trusted";
import "./styles/index.css";

installTrustedTypes();

const root = document.getElementById("app");
if (root === null) throw new Error("the page has no place for the app");

const App = appOf(location.hostname);
render(() => <App />, root);

function appOf(host: string) {
  if (host.startsWith("auth.")) return lazy(() => import("./auth-app"));
  return host.startsWith("hq-") ? lazy(() => import("./hq-app")) : lazy(() => import("./shop-app"));
}
