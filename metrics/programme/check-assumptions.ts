/** Whether what is assumed, paid and studied fits together. */
import { ASSUMED } from "./assumptions.ts";
import type { Flaw } from "./check.ts";
import type { Programme } from "./programme.ts";

/** What would make assumptions contradict themselves or each other, each where it stands. */
export function assumptionFlaws(programme: Pick<Programme, "assumptions" | "costs" | "timeStudies">): readonly Flaw[] {
  return [...values(programme), ...histories(programme), ...studies(programme), ...months(programme)];
}

function values({ assumptions }: Pick<Programme, "assumptions">): Flaw[] {
  return assumptions.flatMap(({ what, value, low, high }, at): Flaw[] => {
    const path = ["assumptions", at, "value"];
    if (low > value || value > high) return [{ path, message: "The value must lie between the low and the high one." }];
    const isShare = ASSUMED[what].unit === "share";
    return isShare && high > 1 ? [{ path, message: "A share lies between 0 and 1." }] : [];
  });
}

/** An id is one history of one thing, and a thing has one history. */
function histories({ assumptions }: Pick<Programme, "assumptions">): Flaw[] {
  const about = ({ what, of }: (typeof assumptions)[number]) => `${what} of ${of?.toLowerCase() ?? "all"}`;
  return assumptions.flatMap((one, at): Flaw[] => {
    const other = assumptions.slice(0, at).find(({ id }) => id === one.id);
    if (other !== undefined && about(other) !== about(one))
      return [
        {
          path: ["assumptions", at, "id"],
          message: `"${one.id}" is the ${about(other)} in another entry. Entries with one id are the history of one thing: give this one an id of its own.`,
        },
      ];
    const rival = assumptions.slice(0, at).find((earlier) => earlier.id !== one.id && about(earlier) === about(one));
    if (rival === undefined) return [];
    return [
      {
        path: ["assumptions", at, "id"],
        message: `The ${about(one)} is also told by "${rival.id}", so nobody could say which holds. Use that id with another day.`,
      },
    ];
  });
}

function studies({ timeStudies }: Pick<Programme, "timeStudies">): Flaw[] {
  return timeStudies.flatMap(({ from, to, hours }, at): Flaw[] => {
    const buckets = new Set(hours.map(({ bucket }) => bucket));
    if (from > to) return [{ path: ["timeStudies", at, "to"], message: "It ends before it begins." }];
    if (buckets.size < hours.length)
      return [{ path: ["timeStudies", at, "hours"], message: "A bucket is there twice. Add the two up." }];
    const isEmpty = hours.every((one) => one.hours === 0);
    return isEmpty ? [{ path: ["timeStudies", at, "hours"], message: "It tells of no hours." }] : [];
  });
}

function months({ costs }: Pick<Programme, "costs">): Flaw[] {
  return costs.flatMap((cost, at) =>
    cost.months.flatMap(({ month }, index): Flaw[] =>
      cost.months.findIndex((one) => one.month === month) === index
        ? []
        : [{ path: ["costs", at, "months", index], message: `${month} is there twice. Add the two up.` }],
    ),
  );
}
