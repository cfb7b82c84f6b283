import { defineConfig } from "vite";

/** The dashboard: `web/index.html` and what it loads. `npm run dev` serves it as it is edited, beside a running server. */
export default defineConfig({
  root: "web",
  // Assets are found beside the page, so the dashboard also works below a path of a reverse proxy.
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: { target: "es2022", sourcemap: true },
  server: { proxy: { "/api": "http://127.0.0.1:4179" } },
});
