/** What a page on a sibling's name can do to somebody who is signed in: nothing (security: cross-site requests, in a real browser). */
import assert from "node:assert/strict";
import { callWithCookies, embed, openHostileSite, openSockets, openWindow, plantCookies, postForms } from "./hostile.mjs";
import { arrive } from "./visitor.mjs";

const OWNER = { email: "owner@harbour.example", password: "correct horse battery staple" };

/** By name; they leave the demo as they found it. */
export function siblingJourneysOf(world) {
  return [
    ["a hostile page on a sibling's name changes nothing and reads nothing", () => attackFromSibling(world)],
    ["cookies that a sibling planted lock nobody out", () => plantFromSibling(world)],
  ];
}

const at = (world, host, path = "/") => `http://${host}.${world.domain}${path}`;

async function signIn(world, page) {
  await page.goto(at(world, "harbour", "/settings"));
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(at(world, "harbour", "/settings"));
  await page.getByText("You are an owner of").waitFor();
}

/** What a page would like to change, as Daybook's own page would ask for it. */
function changesOf(world) {
  const change = (method, host, path, body) => ({ method, url: at(world, host, `/api${path}`), body });
  return [
    change("PUT", "harbour", "/shop", { name: "Taken over" }),
    change("PUT", "harbour", "/posting", { mode: "preview" }),
    change("POST", "harbour", "/invitations", { email: "mallory@evil.example", role: "owner" }),
    change("POST", "harbour", "/team/leave", { slug: "harbour" }),
    change("POST", "harbour", "/sign-out", {}),
    change("PUT", "auth", "/account/name", { name: "Mallory" }),
    change("POST", "auth", "/sessions/end-others", {}),
    change("POST", "auth", "/sign-in", { email: "viewer@harbour.example", password: OWNER.password }),
    change("POST", "auth", "/sign-out", {}),
  ];
}

const readsOf = (world) => [
  ...["/api/shop", "/api/team", "/api/audit/export?format=json", "/settings"].map((path) => at(world, "harbour", path)),
  ...["/api/me", "/api/sessions", "/account"].map((path) => at(world, "auth", path)),
];

/** What there is to change, read by the person's own pages; and what the log says of people, exports too. */
async function stateOf(world, page) {
  const read = async (host, path, paths) => {
    await page.goto(at(world, host, path));
    return await page.evaluate(async (all) => await Promise.all(all.map(async (one) => (await fetch(one)).json())), paths);
  };
  const [shop, posting, team, connections, audit] = await read("harbour", "/settings", ["/api/shop", "/api/posting", "/api/team", "/api/connections", "/api/audit"]);
  const [me, { sessions }] = await read("auth", "/account", ["/api/me", "/api/sessions"]);
  const acts = audit.lines.filter(({ actor }) => actor !== "daybook").map(({ seq, action }) => `${seq} ${action}`);
  const cookies = (await page.context().cookies()).map(({ name, domain, value }) => `${domain} ${name} ${value}`).toSorted();
  return { shop, posting, team, connections: connections.connections, acts, me, sessions: sessions.map(({ id }) => id).toSorted(), cookies };
}

/**
 * The browser calls both names one site and sends the person's cookies along: it is Daybook that must say no. Seen at
 * the hostile site itself, asked by the shop's name: a port is no border to cookies.
 */
async function proveSibling(site, page) {
  await page.evaluate(async (url) => void await fetch(url, { method: "POST", mode: "no-cors", credentials: "include" }), `http://harbour.localhost:${site.port}/`);
  const { cookie, "sec-fetch-site": from } = site.asked.at(-1);
  assert.equal(from, "same-site");
  assert.match(cookie, /__Host-daybook=/);
}

async function attackFromSibling(world) {
  const visit = await arrive(world);
  await signIn(world, visit.page);
  const before = await stateOf(world, visit.page);
  const site = await openHostileSite();
  const hostile = await visit.context.newPage();
  try {
    for (const name of ["evil.harbour.localhost", "evil.auth.localhost"]) {
      await hostile.goto(`http://${name}:${site.port}/`);
      if (name.includes("harbour")) await proveSibling(site, hostile);
      assert.deepEqual(await attack(world, visit, hostile), { readable: [], taken: [], heard: [], sockets: [] });
    }
  } finally {
    site.close();
  }
  assert.deepEqual(await stateOf(world, visit.page), before);
  await visit.context.close();
}

async function attack(world, { context }, hostile) {
  const [changes, reads] = [changesOf(world), readsOf(world)];
  await hostile.evaluate(postForms, changes);
  const readable = await hostile.evaluate(callWithCookies, { changes, reads });
  const taken = await hostile.evaluate(embed, reads);
  for (const frame of hostile.frames().slice(1)) assert.match(frame.url(), /^(?:chrome-error:|about:blank)/, "no page of Daybook's is shown in a frame");
  const [popup, heard] = await Promise.all([context.waitForEvent("page"), hostile.evaluate(openWindow, at(world, "harbour", "/settings"))]);
  await popup.getByText("You are an owner of").waitFor();
  assert.equal(await popup.evaluate(() => window.opener), null);
  await popup.close();
  const sockets = await hostile.evaluate(openSockets, ["harbour", "auth", "hq-tidewater"].map((host) => at(world, host, "/api/watch").replace("http:", "ws:")));
  return { readable, taken, heard, sockets };
}

async function plantFromSibling(world) {
  const { context, page } = await arrive(world);
  await signIn(world, page);
  const ours = (await context.cookies()).map(({ name, value }) => `${name} ${value}`).toSorted();
  const site = await openHostileSite();
  const hostile = await context.newPage();
  await hostile.goto(`http://evil.harbour.localhost:${site.port}/`);
  await hostile.evaluate(plantCookies, { host: "harbour.localhost", names: ["__Host-daybook", "__host-daybook", " __Host-daybook"], bytes: 10 });
  assert.deepEqual((await context.cookies()).map(({ name, value }) => `${name} ${value}`).toSorted(), ours);
  await hostile.evaluate(plantCookies, { host: "harbour.localhost", names: ["a", "b", "c", "d"], bytes: 3_500 });
  site.close();
  const refused = await page.goto(at(world, "harbour", "/settings"));
  assert.equal(refused.status(), 431);
  await page.getByRole("link", { name: "Go on" }).click();
  await page.waitForURL(at(world, "harbour", "/**"));
  await page.getByText("You are an owner of").waitFor();
  await context.close();
}
