/**
 * Pictures of every page: in light, dark, narrow, on a wall, at 200 % and on paper, with no data, little data and the demo
 * organisation. They lie in `dist/screenshots`, with a page that shows all of them at once.
 *
 * Words after the command choose among them by their names (`npm run screenshots -- demo dark`). `docs` makes only the
 * pictures of the guide, in `docs/images`; without a word these are made, too.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import "./build.mjs";
import { show, SHOWN } from "./showcase.mjs";

const { chromium } = await import("playwright-core");

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "dist/screenshots");
const CHROMIUM = "/usr/bin/chromium";
/** More of a page tells nothing new. */
const HIGHEST = 9000;
const words = process.argv.slice(2);
const isDocs = words.includes("docs");

const LOOKS = {
  light: { width: 1280, colorScheme: "light", media: "screen" },
  dark: { width: 1280, colorScheme: "dark", media: "screen" },
  narrow: { width: 320, colorScheme: "light", media: "screen" },
  wall: { width: 2560, colorScheme: "dark", media: "screen" },
  // What a window of 1280 pixels shows at 200 %.
  zoomed: { width: 640, colorScheme: "light", media: "screen", scale: 2 },
  print: { width: 718, colorScheme: "light", media: "print" },
};

/** The pictures of the guide: of the demo organisation, whose numbers are nobody's. */
const GUIDE = [
  { name: "overview", page: "overview", look: "light", height: 900 },
  { name: "delivery", page: "delivery", look: "light", height: 900 },
  { name: "flow", page: "flow", look: "dark", height: 900 },
  { name: "change", page: "change", look: "light", height: 900 },
  { name: "leadership", page: "leadership", look: "light", height: 900 },
  { name: "progress", page: "progress", look: "light", height: 900 },
  { name: "backbone", page: "backbone", look: "light", height: 900 },
  { name: "savings", page: "savings", look: "light", height: 900 },
  { name: "ledger", page: "ledger", look: "light", height: 900 },
  { name: "narrow", page: "overview", look: "narrow", height: 640 },
];

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
const made = [];
try {
  for (const kind of isDocs ? ["demo"] : SHOWN.filter((one) => words.every((word) => isWanted(word, one)))) {
    const { url, stop } = await show(kind, join(out, "data"));
    try {
      const pages = await pagesOf(url);
      if (!isDocs) await takeAll(kind, url, pages);
      if (kind === "demo" && (isDocs || words.length === 0)) await takeGuide(url, pages);
    } finally {
      await stop();
    }
  }
} finally {
  await browser.close();
}
if (!isDocs) writeSheet();

/** A word is about what is shown, or about something else. */
function isWanted(word, kind) {
  return !SHOWN.includes(word) || word === kind;
}

/** Every page of the menu, the rows of a number, and an item of each kind where there is one. */
async function pagesOf(url) {
  const page = await browser.newPage();
  await page.goto(url);
  const menu = await page
    .locator("nav.menu a")
    .evaluateAll((links) =>
      links.map((link) => ({ name: link.textContent.toLowerCase(), path: link.getAttribute("href") })),
    );
  await page.close();
  const items = await Promise.all([
    itemOf(url, "change", "state=deployed&sort=lines"),
    itemOf(url, "deployment", "state=failed"),
    itemOf(url, "incident", ""),
  ]);
  return [
    ...menu,
    ...items.flat(),
    { name: "rows", path: "rows?metric=lead-time-change" },
    { name: "connect", path: "data?connect=github" },
    { name: "not-found", path: "nowhere" },
  ];
}

async function itemOf(url, kind, query) {
  const { rows } = await (await fetch(`${url}api/${kind}s?${query}`)).json();
  const [row] = rows;
  if (row === undefined) return [];
  return [{ name: kind, path: `${kind}?${new URLSearchParams({ id: row.id, of: row.service })}` }];
}

async function takeAll(kind, url, pages) {
  for (const [look, how] of Object.entries(LOOKS))
    for (const { name, path } of pages) {
      const title = `${kind} ${look} ${name}`;
      if (!words.every((word) => title.split(" ").includes(word))) continue;
      const file = join(out, `${kind}-${look}-${name}.png`);
      await take(`${url}${path.replace("./", "")}`, { ...how, isWhole: true }, async (page) => {
        mkdirSync(dirname(file), { recursive: true });
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.screenshot({
          path: file,
          fullPage: true,
          clip: { x: 0, y: 0, width: how.width, height: Math.min(height, HIGHEST) },
        });
        if (how.media === "print") await page.pdf({ path: file.replace(/png$/, "pdf"), format: "A4" });
      });
      made.push({ title, file });
      process.stderr.write(`headway: ${relative(root, file)}\n`);
    }
}

/** As WebP, which is a third of a PNG; Playwright itself makes none. */
async function takeGuide(url, pages) {
  for (const { name, page: wanted, look, height } of GUIDE) {
    const { path } = pages.find((page) => page.name === wanted);
    const file = join(root, "docs/images", `${name}.webp`);
    await take(`${url}${path.replace("./", "")}`, { ...LOOKS[look], height }, async (page) => {
      const session = await page.context().newCDPSession(page);
      const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 75 });
      writeFileSync(file, Buffer.from(data, "base64"));
    });
    process.stderr.write(`headway: ${relative(root, file)}\n`);
  }
}

/** Opens a page, waits until it shows what it was asked for and every chart in view is drawn, and looks. */
async function take(address, { width, height = 900, colorScheme, media, isWhole = false, scale = 1 }, look) {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme,
    deviceScaleFactor: scale,
    reducedMotion: "reduce",
  });
  try {
    await page.goto(address);
    if (media === "print") await page.emulateMedia({ media });
    await page.waitForFunction(
      () =>
        document.querySelector(".looking > *, .chip, .notice") !== null &&
        document.querySelector(".bone, [aria-busy='true']") === null,
      null,
      { timeout: 60_000 },
    );
    if (isWhole) {
      // Charts are drawn when they come near the window.
      const all = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.min(all, HIGHEST) });
    }
    // What is drawn later than it is told: charts in the window, and what the Overview says beneath its sentence.
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll("canvas")].every(
          (one) => one.getBoundingClientRect().top > innerHeight || one.width !== 300,
        ),
      null,
      { timeout: 60_000 },
    );
    await page.waitForTimeout(700);
    await look(page);
  } finally {
    await page.close();
  }
}

/** All pictures at once, each cut to its beginning. */
function writeSheet() {
  const figures = made.map(({ title, file }) => {
    const name = relative(out, file);
    return `<figure><a href="${name}"><img src="${name}" alt=""></a><figcaption>${title}</figcaption></figure>`;
  });
  const style =
    "body{font:14px system-ui;display:grid;grid-template-columns:repeat(auto-fill,minmax(320px,1fr));gap:16px;background:#888}" +
    "figure{margin:0}img{width:100%;height:420px;object-fit:cover;object-position:top}figcaption{color:#fff}";
  writeFileSync(
    join(out, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>Screenshots</title><style>${style}</style>${figures.join("\n")}\n`,
  );
}
