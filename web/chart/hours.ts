/** Where a logarithmic axis of hours has its lines: at lengths that people say. */
const HOURS = [1 / 60, 1 / 6, 1, 6, 24, 72, 168, 720, 2160, 8760, 43_800];

/** Those of an axis from one length to another. */
export function hoursBetween(least: number, most: number): readonly number[] {
  return HOURS.filter((hours) => hours >= least && hours <= most);
}
