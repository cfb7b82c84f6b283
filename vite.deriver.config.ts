import { mergeConfig } from "vite";
import server from "./vite.server.config.ts";

/** The program of the threads that derive facts, beside the server's: they start with what they need alone. */
export default mergeConfig(server, { build: { ssr: "server/deriver.ts" } });
