/** The screens of documents in all their states; `screen-list.mjs` takes them in. */
const id = (letter) => letter.repeat(26);
const text = (name) => ({ name, mimeType: "text/plain", buffer: Buffer.from("a line\n") });
const share = async (page) => { await page.click("text=Share…"); await page.waitForTimeout(500); };

export const DOCUMENT_SCREENS = [
  { name: "documents", host: "harbour", path: "/documents", isWhole: true, waitMs: 900 },
  { name: "documents-list", host: "harbour", path: "/documents", isWhole: true, act: async (page) => { await page.check("input[type=radio] >> nth=1", { force: true }); await page.waitForTimeout(200); } },
  { name: "documents-more", host: "harbour", path: "/documents", isWhole: true, act: async (page) => { await page.getByRole("button", { name: "More", exact: true }).click(); await page.waitForTimeout(300); } },
  { name: "documents-found", host: "owner", path: "/documents?about=job&subject=1042", isWhole: true, waitMs: 900, act: async (page) => { await page.click("text=How new ones are filed"); } },
  { name: "documents-none", host: "harbour", path: "/documents?search=nothing+like+it" },
  { name: "documents-expiring", host: "viewer", path: "/documents?expiring=soon", isWhole: true },
  { name: "documents-filing", host: "owner", path: "/documents", act: async (page) => {
    await page.setInputFiles("input[type=file][multiple]", [text("delivery-note.txt"), text("refused.gif"), text("slow-line.txt")]);
    await page.waitForTimeout(1_200);
  } },
  { name: "documents-offline", host: "owner", path: "/documents", waitMs: 900, act: async (page) => {
    // As the browser would say it; without a line the page's own socket would fill the console.
    await page.evaluate(() => { Object.defineProperty(navigator, "onLine", { value: false }); dispatchEvent(new Event("offline")); });
    await page.setInputFiles("input[type=file][multiple]", [text("note.txt")]);
    await page.waitForTimeout(600);
  } },
  { name: "documents-empty", host: "fresh", path: "/documents", waitMs: 900 },
  { name: "documents-loading", host: "slow", path: "/documents", waitMs: 800 },
  { name: "documents-broken", host: "broken", path: "/documents" },
  { name: "documents-viewer", host: "viewer", path: "/documents", isWhole: true },
  { name: "documents-void-all", host: "harbour", path: "/documents", act: async (page) => { await page.click("text=Void every link…"); await page.waitForTimeout(300); } },
  { name: "document-photo", host: "harbour", path: `/documents/${id("a")}`, isWhole: true, waitMs: 1_200 },
  { name: "document-photo-larger", host: "harbour", path: `/documents/${id("a")}`, waitMs: 1_200, act: async (page) => { await page.keyboard.press("+"); await page.keyboard.press("+"); await page.waitForTimeout(200); } },
  { name: "document-pdf", host: "harbour", path: `/documents/${id("b")}`, waitMs: 2_000 },
  { name: "document-text", host: "harbour", path: `/documents/${id("g")}`, waitMs: 1_000 },
  { name: "document-heic", host: "harbour", path: `/documents/${id("i")}`, waitMs: 1_000 },
  { name: "document-certificate-viewer", host: "viewer", path: `/documents/${id("c")}`, waitMs: 1_500, isWhole: true },
  { name: "document-not-found", host: "harbour", path: "/documents/nothing" },
  { name: "document-details", host: "harbour", path: `/documents/${id("b")}`, waitMs: 900, act: async (page) => { await page.click("text=Change details…"); await page.waitForTimeout(400); } },
  { name: "document-details-conflict", host: "harbour", path: `/documents/${id("b")}`, waitMs: 900, act: async (page) => { await page.click("text=Change details…"); await page.fill("dialog input[name=title]", "Taken"); await page.click("dialog .button.primary"); await page.waitForTimeout(500); } },
  { name: "document-replace", host: "harbour", path: `/documents/${id("b")}`, waitMs: 900, act: async (page) => { await page.click("text=Replace the file…"); await page.waitForTimeout(300); } },
  { name: "document-remove", host: "harbour", path: `/documents/${id("b")}`, waitMs: 900, act: async (page) => { await page.click("text=Remove…"); await page.fill("dialog input", "no"); await page.click("dialog .button.primary"); await page.waitForTimeout(300); } },
  { name: "share-fresh", host: "owner", path: `/documents/${id("b")}`, waitMs: 900, act: async (page) => {
    await share(page);
    await page.fill("dialog input[name=recipient]", "Mrs Costa");
    await page.click("dialog button[type=submit]");
    await page.waitForTimeout(900);
  } },
  { name: "share-log", host: "harbour", path: `/documents/${id("a")}`, waitMs: 900, act: async (page) => { await share(page); await page.click("dialog details summary"); await page.locator("dialog .uses").scrollIntoViewIfNeeded(); await page.waitForTimeout(200); } },
  { name: "share-void", host: "harbour", path: `/documents/${id("a")}`, waitMs: 900, act: async (page) => { await share(page); await page.click("text=Void all links of this document…"); await page.waitForTimeout(200); } },
];
