import { readFileSync } from "node:fs";
import { defineConfig } from "vite";

const SHEBANG = "#!/usr/bin/env node";

/** The server as one file that starts fast: everything is in it but the native driver, which no bundler can hold, and that of PostgreSQL, what draws PDFs and what opens connections, which are loaded where they are used. */
export default defineConfig({
  build: {
    ssr: "server/main.ts",
    target: "node20",
    sourcemap: true,
    rolldownOptions: {
      output: {
        entryFileNames: "[name].js",
        codeSplitting: false,
        // The bundler keeps the one an entry may have itself, and two of them are a syntax error.
        banner: ({ facadeModuleId: entry }) =>
          entry !== null && readFileSync(entry, "utf8").startsWith("#!") ? "" : SHEBANG,
      },
    },
  },
  ssr: { noExternal: true, external: ["sqlite3", "pg", "pdfkit", "undici"] },
});
