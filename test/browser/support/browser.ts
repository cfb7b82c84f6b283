/** Debian's Chromium, driven by playwright-core. */
import { existsSync } from "node:fs";

import { type Browser, chromium, type Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** Whether browser tests can run. Without a browser they are skipped loudly here, and fail in CI. */
export function hasBrowser(isCi = process.env["CI"] !== undefined): boolean {
  if (existsSync(CHROMIUM)) return true;
  const advice = `The browser tests need ${CHROMIUM}: apt-get install chromium`;
  if (isCi) throw new Error(advice);
  console.warn(`SKIPPED: ${advice}`);
  return false;
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
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

export async function openPage(browser: Browser, look: Partial<Look> = {}): Promise<OpenPage> {
  return prepared(await browser.newPage(), look);
}

/** A page that looks like this, and writes down what it complains of. */
export async function prepared(page: Page, look: Partial<Look> = {}): Promise<OpenPage> {
  const { colorScheme = "light", width = 1280 } = look;
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme, media: null, reducedMotion: "reduce" });
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  return { page, complaints };
}
