import { mergeConfig } from "vitest/config";

import usual from "./vitest.config.ts";

/** Of Stryker: code that counts what it runs and asks which mutant it is takes many times as long. */
export default mergeConfig(usual, { test: { testTimeout: 1_800_000 } });
