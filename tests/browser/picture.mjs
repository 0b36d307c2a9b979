// Makes the picture of a report that README shows: `npm run picture --prefix tests/browser` after README's own commands,
// which leave the report in the folder of the repository.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { executablePath } from "./chromium.mjs";

const root = resolve(import.meta.dirname, "../..");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1080, height: 1215 } });
await page.goto(pathToFileURL(resolve(root, "report.html")).href);
await page.screenshot({ path: resolve(root, "docs/report-ar.png") });
await browser.close();
