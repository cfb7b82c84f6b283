/** What the page of progress opens with. */
import { byNumber } from "../plurals.ts";
import { counted, outOf } from "../words.ts";
import type { ServiceStage, SharedNext } from "./stage.ts";
import { STAGES } from "./stage.ts";

/** At which stage most services are, how many are beyond, and what most of them lack next. */
export function progressSentence(services: readonly ServiceStage[], next: SharedNext | null): string {
  if (services.length === 0) return "No service is known yet, so nothing can be said of its practices.";
  const at = (stage: number) => services.filter((one) => one.stage.number === stage).length;
  // Of two that are equal the earlier one: nobody is told to be further than they are.
  const [most] = STAGES.toSorted((a, b) => at(b.number) - at(a.number) || a.number - b.number);
  if (most === undefined) throw new Error("There are no stages.");
  const here = at(most.number);
  const further = services.filter(({ stage }) => stage.number > most.number).length;
  const rest =
    further === 0 ? "none is further" : `${counted(further, "service")} ${byNumber(further, "is", "are")} further`;
  const stands = `${outOf(here, services.length, "service")} ${byNumber(here, "is", "are")} at stage ${most.number}, ${most.title.toLowerCase()}; ${rest}.`;
  return next === null ? stands : `${stands} ${next.words}`;
}
