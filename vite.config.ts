import { basename } from "node:path";

import { defineConfig, type Plugin, type Rolldown } from "vite";

/** The dashboard: `web/index.html` and what it loads. `npm run dev` serves it as it is edited, beside a running server. */
export default defineConfig({
  root: "web",
  // Assets are found beside the page, so the dashboard also works below a path of a reverse proxy.
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [pages(), hintFirst()],
  build: {
    target: "es2022",
    sourcemap: true,
    // What the first page needs comes in two files instead of one for each part that another page needs, too.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: inFirst }] }, postBanner: hint } },
  },
  server: { proxy: { "/api": "http://127.0.0.1:4179" } },
});

/** @returns the name of the file of a module that the first page cannot do without; nothing for the entry itself and all others. */
function inFirst(id: string, context: Rolldown.ChunkingContext): string | null {
  const seen = new Set<string>();
  const isReached = (one: string): boolean => {
    if (seen.has(one)) return false;
    seen.add(one);
    const info = context.getModuleInfo(one);
    return info?.isEntry === true || (info?.importers ?? []).some(isReached);
  };
  return context.getModuleInfo(id)?.isEntry !== true && isReached(id) ? FIRST : null;
}

/** The name of the file that the first page cannot do without. */
const FIRST = "index";
const HINT = "//# allFunctionsCalledOnLoad\n";

/**
 * What the first page needs runs in the first second: browsers that know this comment compile it while it arrives, on another thread,
 * and not function by function while somebody waits (https://v8.dev/blog/explicit-compile-hints).
 */
function hint({ name }: Rolldown.RenderedChunk): string {
  return name === FIRST ? HINT.trim() : "";
}

/** Puts the hint above a line that Vite writes above it, where it would say nothing; all other lines stay at their places. */
function hintFirst(): Plugin {
  return {
    name: "headway-hint",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler: (_options, bundle) => {
        for (const file of Object.values(bundle))
          if (file.type === "chunk" && file.name === FIRST) file.code = HINT + file.code.replace(HINT, "");
      },
    },
  };
}

/** Writes for the server which files each page's code is in (`pages.json`), by the name of its view. */
function pages(): Plugin {
  return {
    name: "headway-pages",
    // After Vite has taken out the scripts of which nothing is left but styles.
    enforce: "post",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const found: Record<string, string[]> = {};
      for (const chunk of chunks) {
        if (!chunk.isDynamicEntry || chunk.facadeModuleId === null) continue;
        const views = (this.getModuleInfo(chunk.facadeModuleId)?.dynamicImporters ?? []).filter((id) =>
          /\/web\/views\/[\w-]+\.tsx$/.test(id),
        );
        for (const view of views) (found[basename(view, ".tsx")] ??= []).push(...filesOf(chunk, bundle));
      }
      this.emitFile({ type: "asset", fileName: "pages.json", source: JSON.stringify(found) });
    },
  };
}

/** Without those that every page has: they stand in the page itself. */
function filesOf(chunk: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle): string[] {
  const page = bundle["index.html"];
  const text = page?.type === "asset" ? String(page.source) : "";
  const needed = new Set([chunk.fileName]);
  for (const name of needed) {
    const file = bundle[name];
    if (file?.type !== "chunk") continue;
    for (const other of [...file.imports, ...(file.viteMetadata?.importedCss ?? [])])
      if (!text.includes(other)) needed.add(other);
  }
  return [...needed].filter((name) => name in bundle);
}
