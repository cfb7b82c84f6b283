/** Runs Headway from a checkout: sets up and builds what has changed, then becomes `dist/server/main.js`. */
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import "./build.mjs";

const main = join(fileURLToPath(new URL("..", import.meta.url)), "dist/server/main.js");

// npm runs scripts in the package's folder, but a relative path means the folder in which it was typed.
const { INIT_CWD: typedIn, npm_lifecycle_event: script = "" } = process.env;
if (typedIn && ["headway", "start"].includes(script)) process.chdir(typedIn);

process.argv[1] = main;
await import(pathToFileURL(main).href);
