/** What the page of the backbone opens with. */
import { byNumber } from "../plurals.ts";
import { counted } from "../words.ts";
import { assessed, assessedShare, openings } from "./assessment.ts";
import type { Element, Programme } from "./programme.ts";

export const ELEMENT_WORDS = {
  core: "core",
  integration: "integration",
  data: "data",
  api: "API",
  infrastructure: "infrastructure",
  security: "security",
  delivery: "delivery",
} as const satisfies Record<Element, string>;

/** In one or two sentences: what stands in the way most, of what, and whether somebody has taken it up; before that, what to do first. */
export function backboneSentence(programme: Programme): string {
  const { systems, useCases } = programme;
  if (systems.length === 0)
    return "Nobody has said which systems the backbone has. Add the first ones and look at each.";
  const looked = assessedShare(programme);
  const part = `${counted(looked.known, "part")} of ${looked.of} ${byNumber(looked.known, "was", "were")} looked at.`;
  if (looked.known === 0)
    return `The backbone has ${counted(systems.length, "system")}, and nobody has looked yet at what stands in the way.`;
  const gaps = openings(programme);
  const [first] = gaps;
  if (useCases.length === 0) return `${standing(programme)} No use case says yet what that is in the way of. ${part}`;
  if (first === undefined) return `Nothing that was looked at stands in the way of a use case. ${part}`;
  const { finding, useCase, initiatives } = first;
  const title = useCases.find(({ id }) => id === useCase)?.title ?? useCase;
  const verb = finding.gap === "blocks" ? "blocks" : "hinders";
  const free = gaps.filter((gap) => gap.initiatives.length === 0).length;
  const taken = initiatives.length > 0 ? "an initiative has taken it up" : "no initiative has taken it up";
  const rest =
    free === 0
      ? "Every gap has an initiative."
      : `${counted(free, "gap")} of ${gaps.length} ${byNumber(free, "has", "have")} no initiative.`;
  return `${ELEMENT_WORDS[finding.element]} of ${finding.system} ${verb} “${title}”; ${taken}. ${rest} ${part}`.replace(
    /^./,
    (letter) => letter.toUpperCase(),
  );
}

function standing(programme: Programme): string {
  const rows = assessed(programme);
  const blocked = rows.filter(({ worst }) => worst === "blocks").length;
  const hindered = rows.filter(({ worst }) => worst === "hinders").length;
  return `${counted(blocked, "system")} ${byNumber(blocked, "blocks", "block")} something, ${counted(hindered, "other")} ${byNumber(hindered, "hinders", "hinder")}.`;
}
