import axe from "axe-core";
import type { Page } from "playwright-core";

const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The rules of axe that look at colours. */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** What keeps somebody from using the page, as axe sees it: rule and element. */
export async function violations(page: Page): Promise<string[]> {
  return found(page, ALL);
}

/** The same of a page that only changed its colours since: what is not about them need not be looked for again. */
export async function colourViolations(page: Page): Promise<string[]> {
  return found(page, COLOURS);
}

async function found(page: Page, runOnly: string[]): Promise<string[]> {
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const { axe: tool } = window;
    if (tool === undefined) throw new Error("Axe is not on the page.");
    const result = await tool.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} ${failureSummary ?? ""}`),
    );
  }, runOnly);
}

declare global {
  interface Window {
    readonly axe: typeof axe | undefined;
  }
}
