import { mergeConfig } from "vite";
import server from "./vite.server.config.ts";

/** The program of the thread that estimates what adopting changed, beside the server's. */
export default mergeConfig(server, { build: { ssr: "server/estimator.ts" } });
