/**
 * What the dashboard costs a reader, in Debian's Chromium, at the processor's own speed and at a quarter of it: until a
 * page can be read and used (interactive), until it shows all it asked for, how far its parts moved meanwhile, what its
 * main thread worked for that, and from a key or a click to the next picture.
 * `npm run bench -- pages 100000`; with BENCH_DATABASES=FOLDER the organisation is kept there, and found there the next time.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { Browser, CDPSession, Page } from "playwright-core";

import { createApp } from "#server/app.ts";
import { closeInstallation } from "#server/installation.ts";
import { refresh } from "#server/refresh.ts";
import { CHROMIUM, launchBrowser, prepared } from "#test/browser/support/browser.ts";
import { heldBy } from "#test/browser/support/held.ts";
import { settled } from "#test/browser/support/settled.ts";
import { amount, middle, printTable } from "#test/support/measuring.ts";

import { LAST_DAY, openOrganisation } from "./support/organisation.ts";

const RUNS = 3;
const SPEEDS = [
  { words: "", slower: 1, ready: 1000, paint: 100 },
  { words: ", processor 4 × slower", slower: 4, ready: 3000, paint: undefined },
];
const TEAM = "scope=team%3ATeam+1";
const PAGES = [
  "",
  "delivery",
  `flow?${TEAM}`,
  `pipelines?${TEAM}`,
  "deployments",
  "changes",
  "incidents",
  "leadership",
];

const MENU = ["Delivery", "Flow", "Changes", "Overview"];
const TURNS = 200;

/** What somebody does, each beginning on the page it is about. */
const DEEDS: readonly { readonly words: string; readonly page: string; readonly act: (page: Page) => Promise<void> }[] =
  [
    {
      words: "from Overview to Delivery",
      page: "",
      act: async (page) =>
        page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Delivery", exact: true }).click(),
    },
    { words: "sort changes", page: "changes", act: async (page) => page.locator("th a").nth(2).click() },
    { words: "next page of changes", page: "changes", act: async (page) => page.getByText("Next").first().click() },
    {
      words: "write into Find",
      page: "changes",
      act: async (page) => page.getByLabel("Find").pressSequentially("fix"),
    },
    {
      words: "choose the next period on Delivery",
      page: "delivery",
      act: async (page) => page.getByRole("combobox", { name: /^period/ }).press("ArrowDown"),
    },
    {
      words: "unfold a part of Delivery",
      page: "delivery",
      act: async (page) => page.locator("details.fold:not([open]) > summary").first().click(),
    },
    {
      words: "open the search and write",
      page: "",
      act: async (page) => {
        await page.keyboard.press("/");
        await page.getByRole("combobox", { name: "Search" }).pressSequentially("service");
      },
    },
  ];

const sizes = process.argv.slice(2).map(Number);
for (const changes of sizes.length === 0 ? [10_000] : sizes) await measure(changes);

async function measure(changes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "headway-bench-"));
  const size = { changes, services: Math.ceil(changes / 1000) };
  const database = join(process.env["BENCH_DATABASES"] ?? folder, `organisation-${changes}.db`);
  const { installation, goOn } = await openOrganisation(database, size);
  await goOn(LAST_DAY);
  await refresh(installation);
  const server = createServer(createApp(installation, { webRoot: resolve("dist/web") })).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const browser = await launchBrowser(CHROMIUM);
  try {
    console.log(`\n  ${changes} changes, ${size.services} services`);
    printTable(await readers(browser, `http://127.0.0.1:${port}/`));
    printTable(await held(browser, `http://127.0.0.1:${port}/`));
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
    await closeInstallation(installation);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readers(browser: Browser, url: string) {
  // What the server works out the first time is measured by `answers`.
  for (const path of PAGES) await opened(browser, `${url}${path}`, 1);
  const lines = [];
  for (const { words, slower, ready, paint } of SPEEDS) {
    for (const path of PAGES) {
      const seen = [];
      for (let run = 0; run < RUNS; run++) seen.push(await opened(browser, `${url}${path}`, slower));
      const name = path.replace(/\?.*/, "") || "overview";
      lines.push(amount(`${name} interactive${words}`, middle(seen.map((one) => one.interactive)), "ms", ready));
      lines.push(amount(`${name} shows all${words}`, middle(seen.map((one) => one.ready)), "ms"));
      lines.push(amount(`${name}, of the processor${words}`, middle(seen.map((one) => one.processor)), "ms"));
      lines.push(amount(`${name} moved${words}`, Math.max(...seen.map((one) => one.moved)) * 1000, "‰", 1));
    }
    for (const { words: deed, page, act } of DEEDS) {
      const took = [];
      for (let run = 0; run < RUNS; run++) took.push(await done(browser, `${url}${page}`, slower, act));
      lines.push(amount(`${deed}, to the next picture${words}`, middle(took.map((one) => one.paint)), "ms", paint));
      lines.push(amount(`${deed}, until it shows all${words}`, middle(took.map((one) => one.ready)), "ms"));
    }
  }
  return lines;
}

/** What the browser holds more after so many changes of the page than after a first round of them. */
async function held(browser: Browser, url: string) {
  const { page, session } = await slowed(browser, 1);
  await page.goto(url);
  const turn = async (turns: number): Promise<void> => {
    for (let index = 0; index < turns; index++) {
      const name = MENU[index % MENU.length] ?? "";
      await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name, exact: true }).click();
      await settled(page);
    }
  };
  await turn(2 * MENU.length);
  const before = await heldBy(session);
  await turn(TURNS);
  const after = await heldBy(session);
  await page.context().close();
  const words = `after ${TURNS} changes of the page`;
  return [
    amount(`elements more ${words}`, after.nodes - before.nodes, "", 0),
    amount(`listeners more ${words}`, after.listeners - before.listeners, "", 0),
    amount(`what scripts hold ${words}, as a share of before`, (100 * after.data) / before.data, "%", 102),
    amount(`their compiled code ${words}, as a share of before`, (100 * after.code) / before.code, "%"),
  ];
}

/** A page that nobody opened before: its scripts are read anew. */
async function opened(browser: Browser, url: string, slower: number) {
  const { page, session } = await slowed(browser, slower);
  await page.goto(url);
  await isReady(session);
  const seen = await seenOn(page);
  const processor = await processorOf(session);
  await page.context().close();
  return { ...seen, processor };
}

/** @returns the longest time from a key or a click to the next picture, and until the page shows all that was asked for. */
async function done(browser: Browser, url: string, slower: number, act: (page: Page) => Promise<void>) {
  const { page } = await slowed(browser, slower);
  await page.goto(url);
  await settled(page);
  const began = await page.evaluate(() => performance.now());
  await act(page);
  await settled(page);
  const ended = await page.evaluate(() => performance.now());
  // The browser tells of an event when its picture was drawn, and not at once.
  await page.waitForTimeout(300);
  const { paint } = await seenOn(page);
  await page.context().close();
  return { paint, ready: ended - began };
}

/** Asks with nothing of its own in the page: what Playwright would put there takes a fifth of a second of the page's thread while it loads. */
async function isReady(session: CDPSession): Promise<void> {
  for (;;) {
    const { result } = await session.send("Runtime.evaluate", { expression: "globalThis.seen?.ready != null" });
    if (result.value === true) return;
    await wait(50);
  }
}

/** What the page's main thread worked since it was opened, however busy the machine is. */
async function processorOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
}

interface Seen {
  /** The same until the sentence the page opens with and its first numbers stand there, and no room is empty any more. */
  readonly interactive: number;
  /** Milliseconds after the page was asked for; the time of the last frame that was awaited counts. */
  readonly ready: number;
  /** Shares of the window, added up. */
  readonly moved: number;
  /** Of the slowest interaction; 0 where all were drawn within 16 ms. */
  readonly paint: number;
}

async function seenOn(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const seen: Seen = Reflect.get(globalThis, "seen");
    return seen;
  });
}

async function slowed(
  browser: Browser,
  slower: number,
): Promise<{ readonly page: Page; readonly session: CDPSession }> {
  const { page } = await prepared(await browser.newPage());
  await page.addInitScript(watch);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  return { page, session };
}

/** Runs in the page. A frame can only be drawn while nothing else is done, so that who sees one could click. */
function watch(): void {
  const seen: { interactive: number | null; ready: number | null; moved: number; paint: number } = {
    interactive: null,
    ready: null,
    moved: 0,
    paint: 0,
  };
  Reflect.set(globalThis, "seen", seen);
  const observe = (type: string, each: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) each(entry);
    }).observe({
      type,
      buffered: true,
      ...(type === "event" && { durationThreshold: 16 }),
    });
  observe("layout-shift", (entry) => {
    if (Reflect.get(entry, "hadRecentInput") !== true) seen.moved += Number(Reflect.get(entry, "value"));
  });
  observe("event", (entry) => {
    if (Number(Reflect.get(entry, "interactionId")) > 0) seen.paint = Math.max(seen.paint, entry.duration);
  });
  const look = (): void => {
    const isThere = document.querySelector(".looking > *, .chip, .notice") !== null;
    const isSaid = (document.querySelector(".lead")?.textContent ?? "").trim() !== "";
    if (isThere && isSaid && document.querySelector(".bone") === null) seen.interactive ??= performance.now();
    if (isThere && document.querySelector(".bone, [aria-busy='true']") === null) seen.ready = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
