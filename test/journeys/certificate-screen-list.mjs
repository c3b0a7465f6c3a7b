/** The screens of certificates and their templates. */
const issue = async (page, fields) => {
  await page.click("text=Issue a certificate…");
  for (const [name, text] of Object.entries(fields)) await page.fill(`dialog input[name=${name}]`, text);
  await page.waitForTimeout(150);
};
const template = `/certificates/templates/${"t".repeat(26)}`;

export const CERTIFICATE_SCREENS = [
  { name: "certificates", host: "harbour", path: "/certificates", isWhole: true },
  { name: "certificates-found", host: "viewer", path: "/certificates?find=grinder", isWhole: true },
  { name: "certificates-none-found", host: "harbour", path: "/certificates?find=nothing" },
  { name: "certificates-more", host: "viewer", path: "/certificates", isWhole: true, act: async (page) => { await page.click("text=More"); await page.waitForTimeout(300); } },
  { name: "certificates-first", host: "fresh", path: "/certificates" },
  { name: "certificates-empty", host: "empty", path: "/certificates" },
  { name: "certificates-loading", host: "slow", path: "/certificates", waitMs: 800 },
  { name: "certificates-broken", host: "broken", path: "/certificates" },
  { name: "certificate-issue", host: "harbour", path: "/certificates", act: async (page) => await issue(page, { issuedTo: "Dana Lee", product: "Linea Mini" }) },
  { name: "certificate-issue-refused", host: "harbour", path: "/certificates", act: async (page) => { await issue(page, { issuedTo: "張偉", product: "Linea Mini" }); await page.click("dialog .button.primary"); await page.waitForTimeout(400); } },
  { name: "certificate-revoke", host: "harbour", path: "/certificates", act: async (page) => { await page.click("text=Revoke… >> nth=1"); await page.click("dialog .button.primary"); await page.waitForTimeout(200); } },
  { name: "certificate-copied", host: "sales", path: "/certificates", act: async (page) => { await page.click("text=Copy link >> nth=0"); await page.waitForTimeout(200); } },
  { name: "certificate-templates", host: "harbour", path: "/certificates/templates", isWhole: true },
  { name: "certificate-templates-viewer", host: "viewer", path: "/certificates/templates", isWhole: true },
  { name: "certificate-templates-empty", host: "fresh", path: "/certificates/templates" },
  { name: "certificate-template", host: "harbour", path: template, isWhole: true },
  { name: "certificate-template-new", host: "harbour", path: "/certificates/templates/new", isWhole: true },
  { name: "certificate-template-refused", host: "harbour", path: "/certificates/templates/new", act: async (page) => { await page.fill("input[name=numberPrefix]", "HC-1"); await page.click(".button.primary"); await page.waitForTimeout(200); } },
  { name: "certificate-template-gone", host: "harbour", path: "/certificates/templates/nothing" },
  { name: "certificate-template-loading", host: "slow", path: template, waitMs: 800 },
  { name: "certificate-template-not-permitted", host: "viewer", path: template },
];
