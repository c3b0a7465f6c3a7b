/** What people write to the shop: the conversations, and beside them the one that is open. */
import { useLocation, useNavigate, useParams } from "@solidjs/router";
import { createMemo, lazy, Show, Suspense, type JSX } from "solid-js";
import { Page } from "../../ui/page";
import { useShop } from "../../ui/shop";
import { Bars, Loaded, Permitted, Waiting } from "../../ui/states";
import { inboxAddress, readInboxFilters } from "./filters";
import { createConversations } from "./controller";
import { ConversationList } from "./list";
import { Nothing } from "./nothing";
import { inboxWords as words } from "./words";
import "../../styles/inbox.css";

const Thread = lazy(() => import("./thread"));

/** /inbox/:contact?show=&search= */
export default function InboxPage(): JSX.Element {
  return <Permitted permission="messages.read"><Inbox /></Permitted>;
}

function Inbox(): JSX.Element {
  const shop = useShop();
  const params = useParams();
  const at = useLocation();
  const navigate = useNavigate();
  const contact = () => params["contact"] ?? null;
  const filters = createMemo(() => readInboxFilters(at.query));
  const conversations = createConversations(filters);
  const isEmpty = () => conversations.rows().length === 0 && filters().folder === "open" && filters().search === "" && contact() === null;
  const changed = () => {
    void conversations.live.reload();
    void shop.inbox.reload();
  };
  const go = (change: Partial<ReturnType<typeof filters>>) => navigate(inboxAddress({ ...filters(), ...change }, contact()), { scroll: false, replace: true });
  return (
    <Page title={words.title} about={words.about} actions={<Show when={shop.may("messages.send")}><a class="button" href="/contacts">{words.write}</a></Show>}>
      <Loaded live={conversations.live} skeleton={<Bars count={6} tall />}>
        {() => (
          <Show when={!isEmpty()} fallback={<Nothing />}>
            <div class="inbox" data-open={contact() === null ? undefined : ""}>
              <ConversationList conversations={conversations} filters={filters()} open={contact()} onFilter={go} />
              <Show when={contact()} keyed fallback={<NoThread />}>
                {(id) => <Suspense fallback={<section class="thread"><Waiting><Bars count={6} tall /></Waiting></section>}><Thread contact={id} back={inboxAddress(filters())} onChanged={changed} /></Suspense>}
              </Show>
            </div>
          </Show>
        )}
      </Loaded>
    </Page>
  );
}

function NoThread(): JSX.Element {
  return <section class="no-thread"><h2>{words.choose}</h2><p>{words.chooseNext}</p></section>;
}
