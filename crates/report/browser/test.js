// The report in a browser: nothing for axe to find in light and dark, no page that scrolls sideways,
// everything within reach of the keyboard, and a search that works and is an index without a script.
//
//   node test.js HEADWATER [SHOTS]
//
// HEADWATER is the built command; with SHOTS, pictures and a printed story are left in that folder.
// Needs Chromium (CHROMIUM names it, else it is looked for in PATH).

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { choir, crowd, single } from "./crowd.js";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../../..");
const headwater = resolve(process.argv[2] ?? join(root, "target/debug/headwater"));
const shots = process.argv[3] && resolve(process.argv[3]);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

function browserPath() {
  if (process.env.CHROMIUM) { return process.env.CHROMIUM; }
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const paths = (process.env.PATH ?? "").split(delimiter);
  return paths.flatMap((path) => names.map((name) => join(path, name))).find(existsSync);
}

const failed = [];
let checked = 0;
function check(holds, what) {
  checked += 1;
  if (!holds) { failed.push(what); console.error(`failed: ${what}`); }
}

function report(work, name, pages) {
  const folder = join(work, `${name}-report`);
  try {
    execFileSync(headwater, ["trace", pages, "--html", folder], { stdio: "pipe" });
  } catch (error) {
    // 2: something was skipped, which the report says too.
    if (error.status !== 2) { throw error; }
  }
  return folder;
}

/** One page of each kind: the first of those whose name begins so, the largest first. */
function kinds(folder) {
  const size = (name) => readFileSync(join(folder, name)).length;
  const first = (start) => readdirSync(folder).filter((name) => name.startsWith(start))
    .sort((a, b) => size(b) - size(a))[0];
  const all = ["index.html", "sources.html", "search.html", first("story-"), first("article-"),
    first("compare-")];
  return all.filter(Boolean);
}

const url = (folder, name) => pathToFileURL(join(folder, name)).href;

async function pageHolds(browser, name, folder, file) {
  // Colours are those of the example; the other stories are looked at for their size.
  for (const scheme of name === "harbour" || shots ? ["light", "dark"] : ["light"]) {
    for (const width of shots || scheme === "light" ? [1440, 768, 390] : [1440, 390]) {
      const context = await browser.newContext({ bypassCSP: true, colorScheme: scheme,
        viewport: { width, height: 900 } });
      const page = await context.newPage();
      const where = `${name} ${file.replace(/-.*/, "")} ${scheme} ${width}`;
      page.on("pageerror", (error) => check(false, `${where}: ${error.message}`));
      await page.goto(url(folder, file));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      check(wide <= width, `${where}: scrolls sideways, ${wide} px`);
      const picture = await page.evaluate(() => {
        const it = document.querySelector(".picture");
        return it ? it.scrollWidth - it.clientWidth : 0;
      });
      check(picture <= 0, `${where}: the stemma scrolls sideways by ${picture} px`);
      if (scheme === "light") { await legible(page, where); }
      if (width === 1440 || (scheme === "light" && width === 390)) {
        await page.evaluate(axe);
        const found = await page.evaluate((rules) => window.axe.run(document, {
          runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] }), RULES);
        for (const it of found.violations) {
          const nodes = it.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ");
          check(false, `${where}: axe ${it.id}: ${it.help}: ${nodes}`);
        }
        checked += 1;
      }
      if (shots) {
        const path = join(shots, `${where.replaceAll(" ", "-").replace(".html", "")}.png`);
        await page.screenshot({ path, fullPage: true });
      }
      await context.close();
    }
  }
}

/** What of a page cannot be read: small print, letters that lie on each other, words that leave their box. */
async function legible(page, where) {
  const found = await page.evaluate(() => {
    const shown = (it) => it.checkVisibility({ visibilityProperty: true }) && it.getClientRects().length > 0;
    const words = (it) => it.textContent.trim().slice(0, 40);
    const own = (it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const all = [...document.body.querySelectorAll("*")].filter((it) => own(it) && shown(it));
    const scale = (it) => it.ownerSVGElement ? it.getScreenCTM().a : 1;
    const small = all.filter((it) => parseFloat(getComputedStyle(it).fontSize) * scale(it) < 11.5);
    const labels = [...document.querySelectorAll(".drawn .node text, .drawn .badge text")].filter(shown);
    const box = (it) => it.getBoundingClientRect();
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
    const across = labels.flatMap((one, nth) => labels.slice(nth + 1)
      .filter((other) => meet(box(one), box(other))).map((other) => `${words(one)} / ${words(other)}`));
    const cut = labels.filter((it) => {
      const svg = box(it.ownerSVGElement);
      return box(it).left < svg.left - 1 || box(it).right > svg.right + 1 || box(it).bottom > svg.bottom + 1;
    });
    const wide = [...document.querySelectorAll("td, th, li, dd, p, blockquote, .cell")].filter(shown)
      .filter((it) => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0
        && getComputedStyle(it).display !== "inline" && !it.matches(".unseen"));
    const rows = [...document.querySelectorAll(".sigs")].filter(shown)
      .filter((it) => [...it.querySelectorAll(":scope > .sig")].length > 16);
    return { small: small.slice(0, 3).map(words), across: across.slice(0, 3), cut: cut.slice(0, 3).map(words),
      wide: wide.slice(0, 3).map(words), rows: rows.length };
  });
  check(found.small.length === 0, `${where}: too small to read: ${found.small.join(" | ")}`);
  check(found.across.length === 0, `${where}: labels lie on each other: ${found.across.join(" | ")}`);
  check(found.cut.length === 0, `${where}: labels are cut off: ${found.cut.join(" | ")}`);
  check(found.wide.length === 0, `${where}: words leave their box: ${found.wide.join(" | ")}`);
  check(found.rows === 0, `${where}: ${found.rows} rows of letters without a fold`);
}

/** On paper the narrow picture is shown, whole, and nothing is folded away. */
async function printed(browser, name, folder, file) {
  const page = await browser.newPage({ viewport: { width: 688, height: 900 } });
  await page.emulateMedia({ media: "print" });
  await page.goto(url(folder, file));
  const found = await page.evaluate(() => {
    const shown = [...document.querySelectorAll(".picture svg")].filter((it) => it.getClientRects().length > 0);
    const folds = [...document.querySelectorAll("details > :not(summary)")]
      .filter((it) => it.parentElement.getClientRects().length > 0)
      .filter((it) => !it.checkVisibility({ contentVisibilityAuto: true })).length;
    return { pictures: shown.length, width: Math.max(0, ...shown.map((it) => it.getBoundingClientRect().width)), folds };
  });
  check(found.pictures === 1, `${name} printed: ${found.pictures} pictures of the stemma`);
  check(found.width <= 689, `${name} printed: the stemma is ${found.width} px wide`);
  check(found.folds === 0, `${name} printed: ${found.folds} folded parts are left out`);
  await page.close();
}

/** Tab goes to every link and control that is shown, and each shows that it is there. */
async function keyboard(browser, folder, file) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url(folder, file));
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => document.activeElement.className);
  check(skip === "skip", `${file}: the first stop is ${skip}, not the way past the head`);
  const reached = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], input, summary, [tabindex='0']")];
    const shown = all.filter((it) => it.tabIndex >= 0 && it.checkVisibility()
      && it.getClientRects().length > 0);
    const look = (it) => {
      // Ties and witnesses of the picture show it by their lines, everything else by an outline.
      const sign = it.matches("a.tie") ? it.querySelector(".hit")
        : it.matches("a.node") ? it.querySelector("circle, .fold") : null;
      return sign ? getComputedStyle(sign).stroke : getComputedStyle(it).outlineStyle;
    };
    document.activeElement.blur();
    const dull = shown.filter((it) => {
      const before = look(it);
      it.focus({ focusVisible: true });
      return document.activeElement !== it || look(it) === before;
    });
    return { shown: shown.length, dull: dull.slice(0, 3).map((it) => it.outerHTML.slice(0, 90)) };
  });
  check(reached.shown > 4, `${file}: only ${reached.shown} stops`);
  check(reached.dull.length === 0, `${file}: no sign of focus: ${reached.dull.join(" | ")}`);
  await page.close();
}

/** Tabs from the top reach a tie of the picture, and Enter leads to its words. */
async function ties(browser, folder, file) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url(folder, file));
  let stop = "";
  for (let nth = 0; nth < 200 && !stop.startsWith("#t"); nth += 1) {
    await page.keyboard.press("Tab");
    stop = await page.evaluate(() => document.activeElement.closest("a.tie")?.getAttribute("href") ?? "");
  }
  check(stop.startsWith("#t"), `${file}: no tie of the picture is reached by tabs`);
  await page.keyboard.press("Enter");
  check(new URL(page.url()).hash === stop, `${file}: Enter on a tie does not lead to its words`);
  check(await page.locator(stop).isVisible(), `${file}: the words of ${stop} are not shown`);
  await page.close();
}

/** The words of a tie stand beside the picture, which does not move, until they are closed. */
async function held(browser, folder, file) {
  for (const [width, links] of [[1440, ".wide a.tie, .picture a.tie"], [390, ".tree small a"]]) {
    const context = await browser.newContext({ bypassCSP: true, viewport: { width, height: 900 } });
    const page = await context.newPage();
    await page.goto(url(folder, file));
    await page.evaluate(() => document.querySelector("#stemma").scrollIntoView());
    const before = await page.evaluate(() => scrollY);
    const where = `${file.replace(/-.*/, "")} ${width}: a tie that is followed`;
    const tie = await page.evaluate((links) => {
      const it = [...document.querySelectorAll(links)].find((it) => it.getClientRects().length > 0);
      it.focus({ preventScroll: true });
      return it.getAttribute("href");
    }, links);
    await page.keyboard.press("Enter");
    const found = await page.evaluate((tie) => {
      const it = document.querySelector(tie).getBoundingClientRect();
      const line = document.querySelector(`a.tie[href="${tie}"] .out`);
      return { inside: it.top >= 0 && it.bottom <= innerHeight && it.left >= 0 && it.right <= innerWidth,
        y: scrollY, lit: line && parseFloat(getComputedStyle(line).strokeWidth) };
    }, tie);
    check(found.inside, `${where} does not show its words`);
    check(found.y === before, `${where} moves the page from ${before} to ${found.y}`);
    check(width < 720 || found.lit === 4, `${where} is not lit in the picture`);
    await page.evaluate(axe);
    const axed = await page.evaluate((rules) => window.axe.run("tr:target", {
      runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] }), RULES);
    check(axed.violations.length === 0, `${where}: axe ${axed.violations.map((it) => it.id).join(" ")}`);
    await page.locator("tr:target .close").click();
    check(await page.evaluate(() => scrollY) === before, `${where} moves the page when it is closed`);
    check(await page.locator("tr:target").count() === 0, `${where} cannot be closed`);
    await context.close();
  }
}

/** The switch turns light and dark round without a script, and paper stays white. */
async function turned(browser, folder) {
  for (const scheme of ["light", "dark"]) {
    const context = await browser.newContext({ javaScriptEnabled: false, colorScheme: scheme });
    const page = await context.newPage();
    await page.goto(url(folder, "index.html"));
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await paper();
    await page.keyboard.press("Tab");
    await page.locator("#other-light").focus();
    await page.keyboard.press("Space");
    const after = await paper();
    const light = (colour) => colour.match(/\d+/g).map(Number)[0] > 128;
    check(light(before) === (scheme === "light"), `${scheme}: the page is ${before}`);
    check(light(after) !== light(before), `${scheme}: the switch leaves the page ${after}`);
    await page.emulateMedia({ media: "print" });
    check(await paper() === "rgb(255, 255, 255)", `${scheme}: paper is ${await paper()}`);
    await context.close();
  }
}

async function search(browser, folder) {
  const page = await browser.newPage();
  const refused = [];
  page.on("console", (message) => refused.push(message.text()));
  await page.goto(url(folder, "search.html"));
  await page.keyboard.press("/");
  await page.keyboard.type("orrell signed");
  const marks = await page.locator("#found mark").allTextContents();
  check(marks.length > 5, `search: ${marks.length} words are marked`);
  check(marks.every((it) => /^(orrell|signed)$/i.test(it)), `search: marked ${marks.slice(0, 4)}`);
  check(!(await page.locator("#all").isVisible()), "search: the index stays in sight");
  const to = await page.locator("#found a").last().getAttribute("href");
  await page.goto(url(folder, to.split("#")[0]) + "#" + to.split("#")[1]);
  check(await page.locator(`[id="${to.split("#")[1]}"]`).count() === 1, `search: ${to} leads nowhere`);
  await page.goto(url(folder, "search.html") + "?q=%22half%20a%20crown%22");
  check(await page.locator("#found li").count() > 0, "search: ?q= finds nothing");
  await page.locator("#q").fill("zzyzx");
  check((await page.locator("#tally").textContent()).startsWith("No page here"), "search: no answer to words that are nowhere");
  await page.keyboard.press("Escape");
  check(await page.locator("#all").isVisible(), "search: Escape does not bring the index back");
  check(refused.length === 0, `search: ${refused.join("; ")}`);
  await page.close();

  const context = await browser.newContext({ javaScriptEnabled: false });
  const bare = await context.newPage();
  await bare.goto(url(folder, "search.html"));
  check(!(await bare.locator("#find").isVisible()), "without a script the form is in sight");
  check(await bare.locator("#names a").count() > 10, "without a script there is no index of names");
  check(await bare.locator("#claims a").count() > 10, "without a script there is no index of claims");
  await context.close();
}

const path = browserPath();
if (!path) {
  console.error("no Chromium in PATH; CHROMIUM names one");
  process.exit(2);
}
if (shots) { mkdirSync(shots, { recursive: true }); }
const work = mkdtempSync(join(tmpdir(), "headwater-browser-"));
crowd(join(work, "crowd"));
choir(join(work, "choir"));
single(join(work, "single"));
const reports = {
  harbour: report(work, "harbour", join(root, "examples/harbour/pages")),
  crowd: report(work, "crowd", join(work, "crowd")),
  choir: report(work, "choir", join(work, "choir")),
  single: report(work, "single", join(work, "single")),
};
const context = await chromium.launchPersistentContext(join(work, "profile"),
  { executablePath: path, args: FLAGS, headless: true });
const browser = context.browser() ?? await chromium.launch({ executablePath: path, args: FLAGS });
try {
  for (const [name, folder] of Object.entries(reports)) {
    const files = name === "harbour" ? kinds(folder)
      : kinds(folder).filter((file) => /^(story|index|compare)/.test(file));
    for (const file of files) {
      await pageHolds(browser, name, folder, file);
      if (/harbour|single/.test(name)) { await keyboard(browser, folder, file); }
    }
    if (shots && name !== "single") {
      const page = await browser.newPage();
      await page.goto(url(folder, kinds(folder)[3]));
      await page.pdf({ path: join(shots, `${name}-story.pdf`), format: "A4" });
      await page.close();
    }
  }
  for (const name of ["harbour", "crowd", "choir"]) {
    await ties(browser, reports[name], kinds(reports[name])[3]);
    await printed(browser, name, reports[name], kinds(reports[name])[3]);
  }
  await held(browser, reports.harbour, kinds(reports.harbour)[3]);
  await turned(browser, reports.harbour);
  await search(browser, reports.harbour);
} finally {
  await browser.close();
  await context.close().catch(() => {});
  rmSync(work, { recursive: true, force: true });
}
console.log(`${checked} checks in the browser, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
