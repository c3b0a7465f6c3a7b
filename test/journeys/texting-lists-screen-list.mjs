/** The screens of the number, templates, lists and consent in all their states; `screen-list.mjs` takes them in. */
const id = (letter) => letter.repeat(26);
const settle = (page, ms = 400) => page.waitForTimeout(ms);
const press = (name) => async (page) => { await page.getByRole("button", { name, exact: true }).first().click(); await settle(page); };
const list = (letter) => `/broadcasts/${id(letter)}`;
const whole = { isWhole: true, waitMs: 900 };
const plan = (tags) => async (page) => {
  await page.selectOption("select[name=template]", id("r"));
  await page.fill("input[name=tags]", tags);
  await page.click("main form .button.primary");
  await settle(page, 900);
};

/** The states that each of these pages can be in, whatever it shows. */
const common = (name, path) => [
  { name: `${name}-loading`, host: "slow", path, waitMs: 900 },
  { name: `${name}-broken`, host: "broken", path, waitMs: 900 },
  { name: `${name}-not-permitted`, host: "viewer", path },
];

export const TEXTING_LISTS_SCREENS = [
  ...common("number", "/texting"), ...common("templates", "/templates"), ...common("lists", "/broadcasts"), ...common("consent", "/consent"),
  { name: "number", host: "harbour", path: "/texting", ...whole },
  { name: "number-copied", host: "harbour", path: "/texting", waitMs: 900, act: async (page) => { await page.locator(".hook button").first().click(); await settle(page, 200); } },
  { name: "number-refused", host: "owner", path: "/texting", ...whole },
  { name: "number-sales", host: "sales", path: "/texting", ...whole },
  { name: "number-none", host: "fresh", path: "/texting", waitMs: 900 },
  { name: "number-set-up", host: "fresh", path: "/texting?change=1", ...whole },
  { name: "number-set-up-wrong", host: "fresh", path: "/texting?change=1", ...whole, act: press("Ask Twilio and save") },
  { name: "number-set-up-refused", host: "harbour", path: "/texting?change=1", ...whole, act: async (page) => { await page.fill("input[name=number]", "refuse"); await press("Ask Twilio and save")(page); await settle(page, 600); } },
  { name: "number-change", host: "harbour", path: "/texting?change=1", ...whole },
  { name: "number-remove", host: "harbour", path: "/texting", waitMs: 900, act: async (page) => { await press("Remove the number…")(page); await page.fill("dialog input", "no"); await page.click("dialog .button.primary"); await settle(page); } },
  { name: "templates", host: "harbour", path: "/templates", ...whole },
  { name: "templates-sales", host: "sales", path: "/templates", ...whole },
  { name: "templates-empty", host: "fresh", path: "/templates", ...whole },
  { name: "message-template-new", host: "harbour", path: "/templates/new", ...whole },
  { name: "message-template-starter", host: "harbour", path: "/templates/new?starter=3", ...whole },
  { name: "message-template-wrong", host: "harbour", path: "/templates/new", ...whole, act: press("Save the template") },
  { name: "message-template-reader", host: "harbour", path: `/templates/${id("r")}`, ...whole, act: async (page) => { await page.click(".choose-reader summary"); await settle(page, 600); await page.locator(".choose-reader .pick-list button").first().click(); await settle(page, 700); } },
  { name: "message-template-conflict", host: "harbour", path: `/templates/${id("r")}`, ...whole, act: async (page) => { await page.fill("input[name=name]", "Taken"); await press("Save the template")(page); await settle(page, 500); } },
  { name: "message-template-gone", host: "harbour", path: "/templates/nothing", waitMs: 900 },
  { name: "message-template-not-permitted", host: "sales", path: "/templates/new" },
  { name: "lists", host: "harbour", path: "/broadcasts", ...whole },
  { name: "lists-sales", host: "sales", path: "/broadcasts", ...whole },
  { name: "lists-empty", host: "empty", path: "/broadcasts", waitMs: 900 },
  { name: "list-new", host: "harbour", path: "/broadcasts/new", ...whole },
  { name: "list-new-wrong", host: "harbour", path: "/broadcasts/new", ...whole, act: press("See what would happen") },
  { name: "list-new-people", host: "harbour", path: "/broadcasts/new", ...whole, act: async (page) => { await page.locator("input[type=search]").fill("ruth"); await settle(page, 900); await page.locator(".pick-list button").first().click(); await settle(page); } },
  { name: "list-new-no-templates", host: "fresh", path: "/broadcasts/new", waitMs: 900 },
  { name: "list-new-not-permitted", host: "sales", path: "/broadcasts/new" },
  { name: "list-dry-run", host: "harbour", path: "/broadcasts/new", ...whole, act: plan("regulars") },
  { name: "list-dry-run-changed", host: "harbour", path: "/broadcasts/new", ...whole, act: async (page) => { await plan("regulars")(page); await page.fill("input[name=tags]", "wholesale"); await settle(page, 200); } },
  { name: "list-dry-run-nobody", host: "harbour", path: "/broadcasts/new", ...whole, act: plan("nobody") },
  { name: "list-dry-run-refused", host: "harbour", path: "/broadcasts/new", ...whole, act: plan("unknown") },
  { name: "list-start", host: "harbour", path: "/broadcasts/new", waitMs: 900, act: async (page) => { await plan("regulars")(page); await page.getByRole("button", { name: /^Send it to/ }).click(); await settle(page, 500); } },
  { name: "list-running", host: "harbour", path: list("a"), ...whole },
  { name: "list-pause-late", host: "harbour", path: list("a"), waitMs: 900, act: async (page) => { await press("Pause")(page); await settle(page, 500); } },
  { name: "list-everybody", host: "harbour", path: list("b"), ...whole, act: async (page) => { await page.click(".recipients summary"); await settle(page, 600); } },
  { name: "list-paused", host: "harbour", path: list("b"), ...whole },
  { name: "list-no-number", host: "sales", path: list("c"), ...whole },
  { name: "list-done", host: "harbour", path: list("d"), ...whole },
  { name: "list-cancel", host: "harbour", path: list("b"), waitMs: 900, act: press("Cancel…") },
  { name: "list-gone", host: "harbour", path: "/broadcasts/nothing", waitMs: 900 },
  { name: "consent", host: "harbour", path: "/consent", ...whole },
  { name: "consent-kept", host: "sales", path: "/consent", ...whole },
  { name: "consent-empty", host: "empty", path: "/consent", ...whole },
  { name: "consent-stop", host: "harbour", path: "/consent", waitMs: 900, act: async (page) => { await page.getByRole("button", { name: /^This means stop/ }).first().click(); await settle(page, 500); } },
  { name: "consent-no-stop", host: "harbour", path: "/consent", waitMs: 900, act: async (page) => { await page.getByRole("button", { name: /^This does not mean stop/ }).first().click(); await settle(page, 500); } },
  { name: "consent-wrong-range", host: "harbour", path: "/consent", waitMs: 900, act: async (page) => { await page.locator(".range input").first().fill("2030-01-01"); await press("Show")(page); } },
  { name: "hq-stops", host: "hq-tidewater", path: "/opt-outs", waitMs: 900 },
  { name: "hq-stops-viewer", host: "hq-viewer", path: "/opt-outs", waitMs: 900 },
  { name: "hq-stops-ask", host: "hq-tidewater", path: "/opt-outs", waitMs: 900, act: press("Share stops among all shops…") },
  { name: "hq-stops-loading", host: "hq-slow", path: "/opt-outs", waitMs: 900 },
  { name: "hq-stops-broken", host: "hq-broken", path: "/opt-outs", waitMs: 900 },
];
