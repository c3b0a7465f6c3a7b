/** The screens at `auth.` and how to reach their states; who is there is the second label of the host (`test/web/fixture/auth.ts`). */
const EMAIL = "ada@harbour.example";
const LETTER = `${"a".repeat(26)}.${"B".repeat(43)}`;

const settle = (page, ms = 350) => page.waitForTimeout(ms);
const press = (name) => async (page) => {
  await page.getByRole("button", { name }).first().click();
  await settle(page);
};
const fill = (values) => async (page) => {
  for (const [name, text] of Object.entries(values)) await page.locator(`[name=${name}]`).last().fill(text);
};
const submit = async (page) => {
  await page.locator("form:visible button[type=submit]").last().click();
  await settle(page, 700);
};
const steps = (...acts) => async (page) => {
  for (const act of acts) await act(page);
};
const code = steps(fill({ code: "123456" }), submit);
const mail = steps(fill({ email: EMAIL }), submit);

export const AUTH_SCREENS = [
  { name: "sign-in", host: "auth", path: "/sign-in" },
  { name: "sign-in-wrong", host: "auth", path: "/sign-in", act: submit },
  { name: "sign-in-refused", host: "auth", path: "/sign-in", act: steps(fill({ email: EMAIL, password: "nope" }), submit) },
  { name: "sign-in-letter", host: "auth", path: "/sign-in/link" },
  { name: "sign-in-letter-sent", host: "auth", path: "/sign-in/link", act: steps(mail, press("send another letter")) },
  { name: "sign-in-letter-refused", host: "auth", path: "/sign-in/link", act: steps(mail, fill({ code: "654321" }), submit) },
  { name: "link", host: "auth", path: `/link#sign_in.${LETTER}` },
  { name: "link-elsewhere", host: "auth", path: `/link#sign_in.${LETTER}`, act: submit },
  { name: "link-signed-out", host: "auth", path: `/link#verify.${LETTER}`, act: submit },
  { name: "link-broken", host: "auth", path: "/link#sign_in.abc" },
  { name: "sign-up", host: "auth", path: "/sign-up" },
  { name: "sign-up-code", host: "auth", path: "/sign-up", act: mail },
  { name: "sign-up-you", host: "auth", path: "/sign-up", act: steps(mail, code, fill({ name: "Ada Okafor", password: "three tall ships" }), press("Show")) },
  { name: "sign-up-you-wrong", host: "auth", path: "/sign-up", act: steps(mail, code, fill({ password: "short" }), submit) },
  { name: "sign-up-shop", host: "auth", path: "/sign-up", act: steps(mail, code, fill({ name: "Ada Okafor" }), submit, fill({ name: "Pier Provisions" }), (page) => settle(page, 800)) },
  { name: "sign-up-shop-taken", host: "auth", path: "/sign-up", act: steps(mail, code, fill({ name: "Ada Okafor" }), submit, fill({ name: "Harbour" }), (page) => page.click("summary"), (page) => settle(page, 800)) },
  { name: "reset", host: "auth", path: "/reset" },
  { name: "reset-password", host: "auth", path: "/reset", act: steps(mail, code) },
  { name: "reset-done", host: "auth", path: "/reset", act: steps(mail, code, fill({ password: "three tall ships" }), submit) },
  { name: "second-factor", host: "auth.half", path: "/second-factor" },
  { name: "second-factor-recovery", host: "auth.half", path: "/second-factor", act: press("Use a recovery code") },
  { name: "second-factor-refused", host: "auth.half", path: "/second-factor", act: steps(fill({ code: "000000" }), submit) },
  { name: "second-factor-none", host: "auth.new", path: "/second-factor?site=harbour&to=/days" },
  { name: "confirm", host: "auth.stale", path: "/confirm?site=harbour&to=/settings" },
  { name: "confirm-factor", host: "auth.ada", path: "/confirm?site=harbour&to=/settings" },
  { name: "confirm-dialog", host: "auth.stale", path: "/account/security", act: press("Set up an app…") },
  { name: "confirm-dialog-letter", host: "auth.letter", path: "/account/security", act: steps(press("Set up an app…"), press("Send me a code")) },
  { name: "invitation", host: "auth", path: "/invitation#token" },
  { name: "invitation-signed-in", host: "auth.ada", path: "/invitation#token" },
  { name: "invitation-other", host: "auth.ada", path: "/invitation#other" },
  { name: "invitation-over", host: "auth", path: "/invitation#over" },
  { name: "shops", host: "auth.ada", path: "/" },
  { name: "shops-none", host: "auth.new", path: "/" },
  { name: "shops-loading", host: "auth.slow", path: "/" },
  { name: "shops-broken", host: "auth.broken", path: "/" },
  { name: "not-a-member", host: "auth.ada", path: "/?site=rival" },
  { name: "work", host: "auth.ada", path: "/work", act: press("Post all 2") },
  { name: "work-none", host: "auth.new", path: "/work" },
  { name: "shop-new", host: "auth.ada", path: "/shops/new" },
  { name: "organisation-new", host: "auth.ada", path: "/organisations/new", act: fill({ name: "Tidewater Group" }) },
  { name: "account", host: "auth.ada", path: "/account" },
  { name: "account-new", host: "auth.new", path: "/account" },
  { name: "account-email", host: "auth.ada", path: "/account", act: press("Change…") },
  { name: "security", host: "auth.ada", path: "/account/security", isWhole: true },
  { name: "security-new", host: "auth.new", path: "/account/security?site=harbour&to=/days", isWhole: true },
  { name: "security-loading", host: "auth.slow", path: "/account/security" },
  { name: "security-broken", host: "auth.broken", path: "/account/security" },
  { name: "security-app", host: "auth.ada", path: "/account/security", waitMs: 700, act: press("Set up another app…") },
  { name: "security-codes", host: "auth.ada", path: "/account/security", act: steps(press("Make new ones…"), submit) },
  { name: "security-password", host: "auth.ada", path: "/account/security", act: press("Change the password…") },
  { name: "security-passkey", host: "auth.ada", path: "/account/security", act: press("Add a passkey…") },
  { name: "security-passkey-remove", host: "auth.ada", path: "/account/security", act: press("Remove… Work laptop") },
  { name: "sessions", host: "auth.ada", path: "/account/sessions" },
  { name: "sessions-one", host: "auth.new", path: "/account/sessions" },
];
