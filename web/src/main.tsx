/** Starts the app that belongs to this host: `auth.` signs people in, every other host is a shop. */
import { lazy } from "solid-js";
import { render } from "solid-js/web";
import { installTrustedTypes } from "./trusted";
import "./styles/index.css";

installTrustedTypes();

const root = document.getElementById("app");
if (root === null) throw new Error("the page has no place for the app");

const App = location.hostname.startsWith("auth.") ? lazy(() => import("./auth-app")) : lazy(() => import("./shop-app"));
render(() => <App />, root);
