/** Debian's Chromium, driven by playwright-core. */
import { existsSync } from "node:fs";

import { type Browser, chromium, type Page, type Request } from "playwright-core";
import { onTestFinished } from "vitest";

export const CHROMIUM = "/usr/bin/chromium";
/** The same without what a person sees around a page, which takes a third of the processor time. */
const SHELL = "/usr/bin/chromium-headless-shell";

/** Whether browser tests can run. Without a browser they are skipped loudly here, and fail in CI. */
export function hasBrowser(isCi = process.env["CI"] !== undefined): boolean {
  if (existsSync(SHELL) || existsSync(CHROMIUM)) return true;
  const advice = `The browser tests need ${SHELL} or ${CHROMIUM}: apt-get install chromium-headless-shell`;
  if (isCi) throw new Error(advice);
  console.warn(`SKIPPED: ${advice}`);
  return false;
}

/** @param executable {@link CHROMIUM} is the one that people have: for what is measured. */
export function launchBrowser(executable = existsSync(SHELL) ? SHELL : CHROMIUM): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface Look {
  readonly colorScheme: "light" | "dark";
  readonly width: number;
}

export interface OpenPage {
  readonly page: Page;
  /** What the console complained of, and scripts that broke. */
  readonly complaints: string[];
}

/** What pages asked for and have not been answered, since when, in milliseconds of this process. */
const asked = new WeakMap<Page, Map<Request, number>>();

/** What a page asked for and waits for still, each with how long it has. */
export function unanswered(page: Page): readonly string[] {
  return [...(asked.get(page) ?? [])].map(
    ([request, since]) => `${request.method()} ${request.url()} (${Math.round(performance.now() - since)} ms)`,
  );
}

/** Of this process: it ends when the process does. */
let browser: Promise<Browser> | null = null;
/** The page that tests have one after another; `null` while one has it. */
let usual: Page | null = null;

/**
 * A page for one test, with nothing of another in it. It is the same page in each test that needs no second one, since
 * a browser takes seconds to load and compile for a new one what this one still knows; what a test may change of it is
 * put back when the test ends.
 */
export async function openPage(look: Partial<Look> = {}): Promise<OpenPage> {
  browser ??= launchBrowser();
  const lent = usual;
  usual = null;
  const page = lent ?? (await (await browser).newPage());
  onTestFinished(async () => {
    if (usual === null && (await isPutBack(page))) usual = page;
    else await page.close();
  });
  return prepared(page, look);
}

/** Not one that broke, or that never came to what it was to show. */
async function isPutBack(page: Page): Promise<boolean> {
  try {
    page.removeAllListeners();
    // What one test keeps from being answered, the next one would wait for in vain.
    await page.unrouteAll({ behavior: "ignoreErrors" });
    page.setDefaultTimeout(30_000);
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    await page.context().clearCookies();
    await page.mouse.move(0, 0);
    await page.goto("about:blank");
    return true;
  } catch {
    return false;
  }
}

/** A page that looks like this, and writes down what it complains of. */
export async function prepared(page: Page, look: Partial<Look> = {}): Promise<OpenPage> {
  const { colorScheme = "light", width = 1280 } = look;
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme, media: null, reducedMotion: "reduce" });
  const waiting = new Map<Request, number>();
  asked.set(page, waiting);
  page.on("request", (request) => waiting.set(request, performance.now()));
  page.on("requestfinished", (request) => waiting.delete(request));
  page.on("requestfailed", (request) => waiting.delete(request));
  const complaints: string[] = [];
  page.on("console", (message) => {
    // That something was fetched in vain is only a warning.
    if (message.type() === "error" || /preload/i.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { page, complaints };
}
