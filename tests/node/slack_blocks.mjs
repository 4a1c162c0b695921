// Turns Block Kit into HTML, as Slack shows it.
// Input: [{blocks, page}, …], each a message, or a page without a sender. Output: [html, …].
import { readFileSync } from "node:fs";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Message } from "slack-blocks-to-jsx";

const messages = JSON.parse(readFileSync(0, "utf8"));
const icon = "data:image/svg+xml," + encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="6" fill="#1f3a5f"/><text x="18" y="25" font-size="20" font-family="sans-serif" font-weight="700" fill="#fff" text-anchor="middle">b</text></svg>',
);
const time = new Date(Date.UTC(2026, 10, 23, 17, 0));
const shown = messages.map(({ blocks, page }) =>
  renderToStaticMarkup(createElement(Message, { name: "briefbot", logo: icon, time, blocks, withoutWrapper: page })));
process.stdout.write(JSON.stringify(shown));
