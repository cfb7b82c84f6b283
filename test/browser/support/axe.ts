import axe from "axe-core";
import type { Page } from "playwright-core";

/** What keeps somebody from using the page, as axe sees it: rule and element. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations: found } = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} ${failureSummary ?? ""}`),
    );
  });
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
