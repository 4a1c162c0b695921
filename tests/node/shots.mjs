// Photographs pages in headless Chromium.
// Input: {browser, base, password, shots: [{name, path, width, height, dark, open}]}
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const { browser: executablePath, base, password, shots } = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const { name, path, width, height, dark, open } of shots) {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: dark ? "dark" : "light",
  });
  const page = await context.newPage();
  if (path.startsWith("/operator")) {
    await page.goto(`${base}/operator/login`);
    await page.fill("#password", password);
    await Promise.all([page.waitForURL("**/operator"), page.click("button")]);
  }
  await page.goto(base + path.replace(/#.*/, ""));
  for (const number of open) {
    await page.locator("summary").nth(number).click();
    if (number < 0) await page.locator("li:has(> details)").nth(number).evaluate((each) => each.scrollIntoView());
  }
  const part = path.split("#")[1];
  if (part) await page.locator(`#${part}`).evaluate((each) => each.scrollIntoView());
  await page.mouse.move(0, 0);
  await page.screenshot({ path: name });
  await context.close();
}
await browser.close();
