// The report in a real browser: direction, order of mixed text, links, filters, faults.
import { after, describe, test } from "node:test";
import assert from "node:assert/strict";
import { browser, faults, report, screens, visit } from "./support.mjs";

after(() => browser.close());

const languages = { ar: { article: 1, dir: "rtl" }, en: { article: 2, dir: "ltr" } };

/** Where the letters of a text are on the screen: the left edge of the first and of the last. */
const ends = (page, selector, text) =>
  page.evaluate(
    ([selector, text]) => {
      for (const element of document.querySelectorAll(selector)) {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const at = walker.currentNode.data.indexOf(text);
          if (at < 0) continue;
          const box = (from) => {
            const range = document.createRange();
            range.setStart(walker.currentNode, from);
            range.setEnd(walker.currentNode, from + 1);
            return range.getBoundingClientRect().x;
          };
          return [box(at), box(at + text.length - 1)];
        }
      }
      throw new Error(`no ${text} in ${selector}`);
    },
    [selector, text],
  );

for (const [language, { article, dir }] of Object.entries(languages)) {
  for (const [screen, size] of Object.entries(screens)) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${language}, ${screen}, ${colorScheme}: no fault, nothing wider than the screen`, async () => {
        await visit(report(article, language), { ...size, colorScheme }, async (page) => {
          assert.equal(await page.evaluate(() => getComputedStyle(document.body).direction), dir);
          const { content, screen } = await page.evaluate(() => ({
            content: document.documentElement.scrollWidth,
            screen: document.documentElement.clientWidth,
          }));
          assert.ok(content <= screen, `${content} > ${screen}`);
          assert.deepEqual(await faults(page), []);
        });
      });
    }
  }

  describe(`${language} without a script`, () => {
    const options = { ...screens.wide, javaScriptEnabled: false };
    const shown = async (page) => {
      const cards = page.locator(".card");
      const visible = await Promise.all((await cards.all()).map((card) => card.isVisible()));
      return visible.filter(Boolean).length;
    };

    test("each filter hides the claims that do not answer to it, and all together", async () => {
      await visit(report(article, language), options, async (page) => {
        const all = await page.locator(".card").count();
        assert.equal(await shown(page), all);
        await page.selectOption("#filter-severity", "high");
        const high = await shown(page);
        assert.equal(high, await page.locator('.card[data-severities~="high"]').count());
        assert.ok(high > 0 && high < all, `${high} of ${all}`);
        await page.selectOption("#filter-facet", "quantity");
        const both = await shown(page);
        assert.equal(both, await page.locator('.card[data-severities~="high"][data-facets~="quantity"]').count());
        assert.ok(both > 0 && both < high, `${both} of ${high}`);
        await page.selectOption("#filter-severity", "");
        await page.selectOption("#filter-facet", "");
        await page.selectOption("#filter-speaker", "1");
        assert.equal(await shown(page), await page.locator('.card[data-speakers~="1"]').count());
      });
    });

    test("any two versions stand side by side, the chosen one first", async () => {
      await visit(report(article, language), options, async (page) => {
        assert.ok(await page.locator("#version-3").isVisible());
        assert.ok(!(await page.locator("#version-1").isVisible()));
        await page.selectOption("#pane-left", "3");
        await page.selectOption("#pane-right", "1");
        const [first, second] = [await page.locator("#version-3").boundingBox(), await page.locator("#version-1").boundingBox()];
        assert.ok(dir === "rtl" ? first.x > second.x : first.x < second.x, JSON.stringify([first, second]));
        assert.equal(first.y, second.y);
      });
    });

    test("a claim leads to its place in the text and back", async () => {
      await visit(report(article, language), options, async (page) => {
        const card = page.locator(".card").first();
        await card.locator("footer a").click();
        const target = page.locator(":target");
        assert.ok(await target.isVisible());
        await target.click();
        assert.equal(await page.locator(":target").getAttribute("id"), await card.getAttribute("id"));
      });
    });

    test("a claim that is gone leads to the version that had it", async () => {
      await visit(report(article, language), options, async (page) => {
        await page.locator(".card:has(.badge.gone) footer a").first().click();
        assert.ok(await page.locator(":target").isVisible());
      });
    });
  });

  test(`${language}: the script counts what is shown and shows all again`, async () => {
    await visit(report(article, language), screens.wide, async (page) => {
      const said = () => page.locator("#filter-count").textContent();
      const before = await said();
      await page.selectOption("#filter-severity", "high");
      assert.notEqual(await said(), before);
      await page.locator("#filter-reset").click();
      assert.equal(await said(), before);
    });
  });

  test(`${language}: on paper there are all claims and no controls, and nothing is wider than it`, async () => {
    await visit(report(article, language), { viewport: { width: 680, height: 960 } }, async (page) => {
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
      assert.ok(!(await page.locator(".filters").first().isVisible()));
      assert.ok(await page.locator(".card").first().isVisible());
      assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
    });
  });

  test(`${language}: the keyboard reaches the claims past what comes before`, async () => {
    await visit(report(article, language), screens.wide, async (page) => {
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
      await page.keyboard.press("Enter");
      assert.equal(new URL(page.url()).hash, "#claims");
    });
  });
}

test("words in an Arabic sentence run from right to left, numbers and Latin names from left to right", async () => {
  await visit(report(1, "ar"), screens.wide, async (page) => {
    const [first, last] = await ends(page, "h1", "وزير المياه");
    assert.ok(first > last, "the first letter stands right of the last");
    const [one, seven] = await ends(page, ".words ins", "17");
    assert.ok(one < seven, "the digits of a number run from left to right");
    const [i, d] = await ends(page, ".brand", "isnad");
    assert.ok(i < d, "a Latin name runs from left to right");
    const [day, year] = await ends(page, ".form .when", "3 مارس 2026");
    assert.ok(day > year, "a date reads in the order of the sentence");
  });
});

test("a sentence of Latin and Arabic words is in its own order beside the timeline and on its card", async () => {
  for (const language of ["ar", "en"]) {
    await visit(report(3, language), screens.wide, async (page) => {
      for (const place of [".timeline .what", ".words"]) {
        const [latin] = await ends(page, place, "iPhone");
        const [arabic] = await ends(page, place, "سيصل");
        const [end] = await ends(page, place, "USA");
        assert.ok(latin > arabic && arabic > end, `${language} ${place}: ${[latin, arabic, end]}`);
      }
    });
  }
});

test("words of another direction begin at the edge where the page begins a line", async () => {
  for (const [article, language] of [[2, "ar"], [1, "en"]]) {
    await visit(report(article, language), screens.wide, async (page) => {
      const gaps = await page.evaluate(() =>
        [".head h1", ".form .words", ".timeline .what"].map((selector) => {
          const element = document.querySelector(selector);
          const [inner, outer] = [element, element.parentElement].map((it) => it.getBoundingClientRect());
          const style = getComputedStyle(element.parentElement);
          const used = parseFloat(style.paddingInlineStart) + parseFloat(style.borderInlineStartWidth);
          const isMirrored = getComputedStyle(document.body).direction === "rtl";
          return Math.abs((isMirrored ? outer.right - inner.right : inner.left - outer.left) - used);
        }),
      );
      assert.ok(gaps.every((gap) => gap < 1), `${language}: ${gaps}`);
    });
  }
});

test("a mark is seen on the timeline however many there are beside it", async () => {
  await visit(report(1, "en"), screens.wide, async (page) => {
    const covered = await page.evaluate(() => {
      const marks = [...document.querySelectorAll(".track .event")];
      return marks.filter((mark) => {
        let next = mark.nextElementSibling;
        while (next && !next.classList.contains("halo")) next = next.nextElementSibling;
        return next;
      }).length;
    });
    assert.equal(covered, 0, "what makes room for a mark is drawn before all marks");
  });
});
