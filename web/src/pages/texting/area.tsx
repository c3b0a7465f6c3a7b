/**
 * What belongs to texting besides inbox and contacts: the number, templates, lists, consent. One module leads to them all, so
 * that the first page does not pay for naming each.
 */
import { useLocation } from "@solidjs/router";
import { lazy, Show, type Component, type JSX } from "solid-js";

const Line = lazy(() => import("./page"));
const Templates = lazy(() => import("../templates/page"));
const Template = lazy(() => import("../templates/template-page"));
const Lists = lazy(() => import("../broadcasts/page"));
const NewList = lazy(() => import("../broadcasts/new-page"));
const List = lazy(() => import("../broadcasts/broadcast-page"));
const Consent = lazy(() => import("../consent/page"));

/** /texting, /templates/:template?, /broadcasts/:broadcast?, /consent */
export default function TextingArea(): JSX.Element {
  const at = useLocation();
  return <Show when={pageAt(at.pathname)} keyed>{(Shown) => <Shown />}</Show>;
}

function pageAt(path: string): Component {
  const [, area, one = ""] = path.split("/");
  if (area === "templates") return one === "" ? Templates : Template;
  if (area === "broadcasts") return one === "" ? Lists : one === "new" ? NewList : List;
  return area === "consent" ? Consent : Line;
}
