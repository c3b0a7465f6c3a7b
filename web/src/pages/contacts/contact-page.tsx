/** One contact: where they can be reached, everything they said of it, and what is known of them. */
import { useNavigate, useParams } from "@solidjs/router";
import { createSignal, For, lazy, Show, Suspense, type Accessor, type JSX } from "solid-js";
import type { ContactView } from "../../../../src/features/contacts/contract";
import { dateIn, plainDate } from "../../ui/dates";
import { createLive } from "../../ui/live";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Act, Bars, Loaded, Permitted } from "../../ui/states";
import { announce } from "../../ui/toast";
import { Ledger } from "./ledger";
import { contactsApi } from "./contacts-api";
import { contactsAddress } from "./filters";
import { nameOf } from "./names";
import { Standing } from "./standing";
import { contactWords as words, eraseWords } from "./words";
import "../../styles/contacts.css";
import "../../styles/picking.css";

const ContactDialog = lazy(() => import("./contact-dialog"));
const AgreeDialog = lazy(() => import("./agree-dialog"));
const StopDialog = lazy(() => import("./stop-dialog"));
const MergeDialog = lazy(() => import("./merge-dialog"));
const EraseDialog = lazy(() => import("./erase-dialog"));

export type Asked = "change" | "agree" | "stop" | "merge" | "erase" | null;

/** /contacts/:contact */
export default function ContactPage(): JSX.Element {
  return <Permitted permission="messages.read"><One /></Permitted>;
}

function One(): JSX.Element {
  const params = useParams();
  const id = () => params["contact"] ?? "";
  const live = createLive({ key: () => `contact ${id()}`, ask: () => contactsApi.contact(id()), lookAgainWhile: () => true });
  const [asked, setAsked] = createSignal<Asked>(null);
  const contact = () => live.value()?.contact;
  const title = () => {
    const one = contact();
    return one === undefined ? words.title : nameOf(one);
  };
  return (
    <Page title={title()} beside={<a class="chip" href="/contacts">{words.all}</a>} actions={<Show when={contact()}><Acts id={id()} onAsk={setAsked} /></Show>}>
      <Loaded live={live} skeleton={<Bars count={8} tall />}>
        {(view) => <Shown contact={() => view().contact} onAsk={setAsked} />}
      </Loaded>
      <Suspense><Show when={contact()}>{(one) => <Dialogs contact={one} asked={asked()} onClose={() => setAsked(null)} onChanged={() => void live.reload()} />}</Show></Suspense>
    </Page>
  );
}

function Acts(props: { id: string; onAsk: (asked: Asked) => void }): JSX.Element {
  const shop = useShop();
  return (
    <>
      <a class="button primary" href={`/inbox/${encodeURIComponent(props.id)}`}>{words.conversation}</a>
      <Act permission="messages.send" onPress={() => props.onAsk("change")}>{words.change}</Act>
      <Show when={shop.may("messages.manage")}>
        <Act permission="messages.manage" onPress={() => props.onAsk("merge")}>{words.merge}</Act>
        <Act permission="messages.manage" onPress={() => props.onAsk("erase")}>{words.erase}</Act>
      </Show>
    </>
  );
}

function Shown(props: { contact: Accessor<ContactView>; onAsk: (asked: Asked) => void }): JSX.Element {
  const shop = useShop();
  return (
    <div class="contact-page">
      <div class="stack">
        <section><h2>{words.reach}</h2><Standing contact={props.contact()} onAsk={(asked) => props.onAsk(asked)} /></section>
        <section><h2>{words.history}</h2><Ledger lines={props.contact().ledger} /></section>
      </div>
      <div class="stack">
        <section><h2>{words.about}</h2><Facts contact={props.contact()} /></section>
        <Show when={!shop.may("messages.manage")}><p class="small">{words.managersAre(shop.whoMay("messages.manage"))}</p></Show>
      </div>
    </div>
  );
}

function Facts(props: { contact: ContactView }): JSX.Element {
  const shop = useShop();
  const one = () => props.contact;
  return (
    <dl class="facts">
      <div><dt>{words.note}</dt><dd>{one().note === "" ? words.none : one().note}</dd></div>
      <div><dt>{words.tags}</dt><dd><Show when={one().tags.length > 0} fallback={words.none}><span class="tags"><For each={one().tags}>{(tag) => <a class="tag" href={contactsAddress({ search: "", consent: null, tag })}>{tag}</a>}</For></span></Show></dd></div>
      <div><dt>{words.zone}</dt><dd>{one().zone ?? words.zoneOfNumber}</dd></div>
      <div><dt>{words.since}</dt><dd>{plainDate(dateIn(shop.view().zone, one().createdAt))}</dd></div>
      <Show when={one().name !== "" && shop.may("documents.read")}><div><dt /><dd><a href={`/documents?search=${encodeURIComponent(one().name.slice(0, 80))}`}>{words.documents}</a></dd></div></Show>
    </dl>
  );
}

type DialogsProps = { contact: Accessor<ContactView>; asked: Asked; onClose: () => void; onChanged: () => void };

function Dialogs(props: DialogsProps): JSX.Element {
  const navigate = useNavigate();
  const close = () => props.onClose();
  const changed = () => {
    props.onClose();
    props.onChanged();
  };
  const erased = (name: string) => {
    announce(eraseWords.done(name));
    navigate("/contacts");
  };
  return (
    <>
      <Show when={props.asked === "change"}><ContactDialog contact={props.contact()} onSaved={changed} onStale={changed} onClose={close} /></Show>
      <Show when={props.asked === "agree"}><AgreeDialog contact={props.contact()} onNoted={changed} onClose={close} /></Show>
      <Show when={props.asked === "stop"}><StopDialog contact={props.contact()} onNoted={changed} onClose={close} /></Show>
      <Show when={props.asked === "merge"}><MergeDialog contact={props.contact()} onMerged={changed} onClose={close} /></Show>
      <Show when={props.asked === "erase"}><EraseDialog contact={props.contact()} onErased={erased} onClose={close} /></Show>
    </>
  );
}
