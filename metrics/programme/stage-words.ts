/** What is said of the stage of a service. */
import { counted, outOf } from "../words.ts";
import type { ServiceStage } from "./stage.ts";

type Told = Omit<ServiceStage, "words">;

export function stageWords({ stage, holding, asked }: Told): string {
  return `Stage ${stage.number}, ${stage.title}: ${outOf(holding, asked, "practice")} hold.`;
}

/** Which of what the next stage lacks is nearest. */
export function nextWords({ missing, stage }: Told): string {
  const [nearest] = missing;
  if (nearest === undefined) return "It is the last stage.";
  const lacks = `Stage ${stage.number + 1} lacks ${counted(missing.length, "thing")}`;
  if (nearest.distance === null)
    return `${lacks}, and of none of them can be said how far away it is: ${nearest.title} comes first. ${nearest.words}`;
  const far = Math.round(nearest.distance * 100);
  return `${lacks}; ${nearest.title} promises most, since it is the nearest (${far} % of what is asked for are missing). ${nearest.words}`;
}

export function sharedWords(title: string, lacking: number, all: number): string {
  return `${title} is what most services lack for their next stage: ${outOf(lacking, all, "service")}.`;
}
