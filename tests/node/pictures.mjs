// Photographs HTML in headless Chromium, and tells what can be seen of it.
// Input: {browser, screens: [{html, width, path}]}. Output: [{text, buttons, wide}].
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const { browser: executablePath, screens } = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const seen = [];
for (const { html, width, path } of screens) {
  const context = await browser.newContext({ viewport: { width, height: 100 }, javaScriptEnabled: true });
  const page = await context.newPage();
  await page.route("**/*", (route) => (route.request().url().startsWith("data:") ? route.continue() : route.abort()));
  await page.setContent(html);
  seen.push(await page.evaluate(() => ({
    text: document.body.innerText,
    buttons: [...document.querySelectorAll("button, .key")].filter((each) => each.offsetParent && each.offsetWidth > 8)
      .map((each) => each.innerText.trim()),
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  })));
  if (path) await page.screenshot({ path, fullPage: true });
  await context.close();
}
await browser.close();
process.stdout.write(JSON.stringify(seen));
