/** Phrases that the conditions of practices and their reasons share. */

/** `60 %` of 0.6, `2.5 %` of 0.025, `−2 %` of -0.02. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`.replace("-", "−");
}

/** Begins a sentence that says what plain git does not tell. */
export const PLAIN_GIT = "Connect the repository's host: plain git does not tell";

export const NO_RUNS = "No run of a pipeline is known here: connect the host of the pipelines, or push their runs.";

export const NO_DEPLOYMENTS =
  "No deployment to production is known here: say by a rule what one is, or push deployments.";
