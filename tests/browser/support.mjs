// A browser, the pages to open in it, and what every page must bear.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { executablePath } from "./chromium.mjs";

const root = resolve(import.meta.dirname, "../..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The command under test. */
export const isnad = process.env.ISNAD ?? join(root, "target/debug/isnad");

export const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

/** Runs the command; its standard output. */
export const run = (...args) => execFileSync(isnad, args, { encoding: "utf8", cwd: folder });

/** A folder with a history of two fixtures: article 1 is Arabic, article 2 English. */
export const folder = mkdtempSync(join(tmpdir(), "isnad-browser-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const name of ["ar-dam-talks", "en-clinic-breach"]) {
  const at = ["2026-03-03T10:00", "2026-03-04T09:00", "2026-03-05T09:30"].flatMap((time) => ["--at", time]);
  const versions = [1, 2, 3].map((number) => join(root, "fixtures/articles", name, `v${number}.txt`));
  run("add", "--quiet", "--url", `https://news.example/${name}`, ...at, ...versions);
}

// Article 3 is nobody's friend: markup, an endless address and name, Latin and Arabic words in one sentence.
for (const [day, number] of [[3, 12], [4, 15]]) {
  const story = join(folder, "hostile.txt");
  const long = "Verylongname".repeat(30);
  writeFileSync(story, `<script>alert(1)</script> OpenAI\n\nوأكد Elon Musk أن "iPhone ${number} سيصل إلى USA قريبا".\n\nوقال ${long} إن iPhone ${number} قادم.\n\nوقال وزير الاقتصاد: "The economy grew by ${number} per cent".\n`);
  run("add", "--quiet", "--language", "ar", "--url", `https://news.example/${"a".repeat(600)}`, "--at", `2026-03-0${day}T10:00`, story);
}

/** The screens that pages are looked at on. */
export const screens = {
  wide: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/**
 * Opens `url` and calls `look` with the page; fails if the page logged an error, asked for anything but itself, or has a
 * fault that axe knows.
 */
export const visit = async (url, options, look) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const said = [];
  const asked = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(url);
  try {
    await look(page);
    assert.deepEqual(said, []);
    const origin = new URL(url).origin;
    const outside = asked.filter((other) => !other.startsWith("data:") && new URL(other).origin !== origin);
    assert.deepEqual(outside, []);
    if (url.startsWith("file:")) assert.deepEqual(asked.filter((other) => other !== url && other !== "data:,"), []);
  } finally {
    await context.close();
  }
};

/** What axe finds wrong with the page. */
export const faults = async (page) => {
  // Runs in the isolated world of the test, which the page's policy does not reach.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
};

/** The report on an article as a file, and its address. */
export const report = (article, language) => {
  const path = join(folder, `report-${article}-${language}.html`);
  if (!existsSync(path)) run("report", String(article), "--ui-language", language, "-o", path);
  return pathToFileURL(path).href;
};

/** A server on the history, and where it is. */
export const serve = async (...args) => {
  const server = spawn(isnad, ["serve", "--listen", "127.0.0.1:0", ...args], { cwd: folder });
  const address = await new Promise((found, failed) => {
    let said = "";
    server.stderr.on("data", (data) => {
      said += data;
      const line = said.match(/http:\/\/[^/]+/);
      if (line) found(line[0]);
    });
    server.on("exit", () => failed(new Error(said)));
  });
  return { address, stop: () => server.kill("SIGTERM") };
};
