// Opens pages in headless Chromium and says what it saw, as one JSON line for each look.
// Input: {browser, axe, login: {url, password}, visits: [{url, looks: [{width, dark, rules}]}]}
// `rules` are those of axe-core to check, or null for all.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const given = JSON.parse(readFileSync(0, "utf8"));
const axe = readFileSync(given.axe, "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: given.browser, args: flags });

const opened = async (context, url) => {
  const page = await context.newPage();
  const seen = { url, requests: [], faults: [], dialogs: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("pageerror", (error) => seen.faults.push(String(error)));
  page.on("console", (said) => seen.faults.push(said.text()));
  page.on("dialog", (dialog) => { seen.dialogs.push(dialog.message()); dialog.dismiss(); });
  const answer = await page.goto(url);
  seen.status = answer.status();
  seen.bytes = (await answer.body()).length;
  await page.evaluate(() => {
    for (const each of document.querySelectorAll("details")) each.open = true;
  });
  seen.text = await page.evaluate(() => document.body.innerText.length);
  seen.links = await page.evaluate(() =>
    [...document.querySelectorAll("a[href]")].map((each) => each.protocol));
  seen.scripts = await page.evaluate(() => [
    ...[...document.querySelectorAll("script, iframe, object, embed, base, img")]
      .map((each) => each.tagName),
    ...[...document.querySelectorAll("*")].flatMap((each) => each.getAttributeNames())
      .filter((name) => name.startsWith("on") || name === "style"),
  ]);
  await page.evaluate(axe);
  return [page, seen];
};

const looked = async (page, { width, dark, rules }) => {
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  await page.setViewportSize({ width, height: 800 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const background = await page.evaluate(() =>
    getComputedStyle(document.documentElement).backgroundColor);
  const options = rules ? { runOnly: { type: "rule", values: rules } } : {};
  const found = await page.evaluate((options) => globalThis.axe.run(options), options);
  const violations = found.violations.map(({ id, help, nodes }) =>
    `${id}: ${help} (${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")})`);
  return { width, dark, wide, background, violations };
};

const context = await browser.newContext();
const page = await context.newPage();
await page.goto(given.login.url);
await page.fill("#password", given.login.password);
await Promise.all([page.waitForURL("**/operator"), page.click("button")]);
await page.close();
for (const { url, looks } of given.visits) {
  const [page, seen] = await opened(context, url);
  for (const look of looks) {
    const found = await looked(page, look);
    console.log(JSON.stringify({ ...seen, ...found }));
  }
  await page.close();
}
await browser.close();
