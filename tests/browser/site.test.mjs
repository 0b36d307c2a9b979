// The served pages and a published folder in a real browser.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { browser, faults, folder, run, screens, serve, visit } from "./support.mjs";

const languages = { ar: "rtl", en: "ltr" };
const servers = {};

before(async () => {
  for (const language of Object.keys(languages)) servers[language] = await serve("--ui-language", language);
});
after(async () => {
  Object.values(servers).forEach((server) => server.stop());
  await browser.close();
});

const paths = ["/", "/articles/1", "/articles/2", "/articles/3", "/articles/3/compare", "/articles/1/compare?old=1&new=3", "/claims/1", "/changes", "/speakers", "/speakers?q=%D9%88%D8%B2%D9%8A%D8%B1", "/articles?limit=1", "/search?q=%D9%82%D8%B1%D9%8A%D8%A9", "/search?q=zzz"];

for (const [language, dir] of Object.entries(languages)) {
  for (const path of paths) {
    for (const [screen, colorScheme] of [["wide", "light"], ["phone", "dark"]]) {
      test(`${language} ${path}, ${screen}, ${colorScheme}: no fault, nothing wider than the screen`, async () => {
        await visit(servers[language].address + path, { ...screens[screen], colorScheme }, async (page) => {
          assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), dir);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.ok(wide <= 0, `${wide} too wide`);
          assert.deepEqual(await faults(page), []);
        });
      });
    }
  }

  test(`${language}: an endless address pushes no figure off a phone`, async () => {
    await visit(servers[language].address + "/", screens.phone, async (page) => {
      const changes = await page.locator(".index tbody tr").first().locator("td").first().boundingBox();
      assert.ok(changes.x >= 0 && changes.x + changes.width <= screens.phone.viewport.width, JSON.stringify(changes));
    });
  });

  test(`${language}: words are found, and lead to the claim and its speaker`, async () => {
    await visit(servers[language].address + "/", { ...screens.wide, javaScriptEnabled: false }, async (page) => {
      await page.fill("#site-search", "records");
      await page.press("#site-search", "Enter");
      assert.ok((await page.locator(".hits li").count()) > 0);
      assert.equal(await page.locator("mark.hit").first().textContent(), "records");
      await page.locator('.hits a[href^="/claims/"]').first().click();
      assert.ok(await page.locator(".card .forms").isVisible());
      await page.locator('a[href^="/speakers/"]').first().click();
      assert.ok((await page.locator(".hits li").count()) > 0);
    });
  });

  test(`${language}: an open page says when something newer was recorded, and shows it when it is asked to`, async () => {
    const title = `Quiet harbour ${language}`;
    const story = join(folder, `${language}.txt`);
    writeFileSync(story, `${title}\n\nThe mayor, Ann Lee, said that 12 boats were lost.\n`);
    await visit(servers[language].address + "/", screens.wide, async (page) => {
      const newer = page.locator("#newer");
      // Once it has asked, it knows what it shows.
      await page.waitForResponse((answer) => answer.request().method() === "HEAD");
      assert.equal(await newer.textContent(), "");
      run("add", "--quiet", "--language", "en", "--article", `harbour-${language}`, "--at", "2026-03-06T10:00", story);
      await newer.locator("a").click({ timeout: 20_000 });
      await page.locator(".index th", { hasText: title }).waitFor();
      assert.equal(await newer.textContent(), "");
    });
  });

  test(`${language}: a folder of reports leads from the index to an article and back`, async () => {
    const site = join(folder, `site-${language}`);
    run("report", "--all", "--quiet", "--ui-language", language, "-o", site);
    const index = pathToFileURL(join(site, "index.html")).href;
    const context = await browser.newContext({ ...screens.wide, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(index);
    assert.ok((await page.locator(".index tbody tr").count()) >= 2);
    await page.locator(".index tbody a").first().click();
    assert.ok((await page.locator(".card").count()) > 0);
    await page.locator(".site a").first().click();
    assert.equal(page.url(), index);
    await page.locator("#changes .card footer a").first().click();
    assert.ok(await page.locator(":target").isVisible());
    await context.close();
  });
}
