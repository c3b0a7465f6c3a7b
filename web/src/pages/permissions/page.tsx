/** The table of roles and permissions, as the server enforces it. */
import { For, type JSX } from "solid-js";
import { PERMISSIONS, roleMay, ROLES, type Permission } from "../../../../src/kernel/roles";
import { Page } from "../../ui/page";
import { permissionWords, roleMeanings, roleNames } from "../../ui/permission-words";
import { useShop } from "../../ui/shop";
import { permissionGroups, permissionsWords as words } from "./words";

/** /permissions. Everybody of the shop may read it: there is nothing to load and nothing to refuse. */
export default function PermissionsPage(): JSX.Element {
  const shop = useShop();
  const own = () => shop.view().role;
  return (
    <Page title={words.title} about={words.about}>
      <div class="stack wide">
        <dl class="roles">
          <For each={ROLES}>{(role) => <div><dt>{roleNames[role]}{role === own() ? <small class="tag" data-tone="ties">{words.yours}</small> : null}</dt><dd>{roleMeanings[role]}</dd></div>}</For>
        </dl>
        <div class="card flush">
          <table class="ledger permissions">
            <caption class="unseen">{words.title}</caption>
            <thead><tr><th scope="col">{words.permission}</th><For each={ROLES}>{(role) => <th scope="col" class="center" aria-current={role === own() ? "true" : undefined}>{roleNames[role]}</th>}</For></tr></thead>
            <For each={groups()}>
              {(group) => (
                <tbody>
                  <tr class="group"><th scope="rowgroup" colspan={ROLES.length + 1}>{group.name}</th></tr>
                  <For each={group.permissions}>{(permission) => <Row permission={permission} />}</For>
                </tbody>
              )}
            </For>
          </table>
        </div>
        <p class="small">{words.notes}</p>
      </div>
    </Page>
  );
}

function Row(props: { permission: Permission }): JSX.Element {
  const may = (role: (typeof ROLES)[number]) => roleMay(role, props.permission);
  return (
    <tr>
      <th scope="row">{permissionWords[props.permission]}</th>
      <For each={ROLES}>
        {(role) => <td class="center"><span aria-hidden="true" class="mark" data-tone={may(role) ? "ties" : "quiet"}>{may(role) ? "✓" : "–"}</span><span class="unseen">{may(role) ? words.yes : words.no}</span></td>}
      </For>
    </tr>
  );
}

/** The groups, with whatever permission was added to the table and to no group. */
function groups(): typeof permissionGroups {
  const known = new Set(permissionGroups.flatMap(({ permissions }) => permissions));
  const others = PERMISSIONS.filter((permission) => !known.has(permission));
  return permissionGroups.map((group, index) => (index === permissionGroups.length - 1 ? { ...group, permissions: [...group.permissions, ...others] } : group));
}
