/** The shape of a series at a glance, as a path that SVG and PDF both draw. */

/**
 * A line through known values from left to right, broken where nothing is known; 0 is at the bottom, or the lowest value where that is below.
 *
 * @returns an empty text where fewer than three values are known: they have no shape.
 */
export function sparkPath(series: readonly (number | null)[], width: number, height: number): string {
  const known = series.filter((value) => value !== null);
  if (known.length < 3) return "";
  const low = Math.min(0, ...known);
  const range = Math.max(...known) - low || 1;
  let isDrawing = false;
  return series
    .flatMap((value, index) => {
      if (value === null) {
        isDrawing = false;
        return [];
      }
      const x = (index / (series.length - 1)) * width;
      const y = height - ((value - low) / range) * height;
      const [verb, end] = [isDrawing ? "L" : "M", series[index + 1] ?? null];
      const place = `${verb}${x.toFixed(1)} ${y.toFixed(1)}`;
      // A value between two unknown ones is a dot: a line as short as can be, with round ends.
      const dot = !isDrawing && end === null ? [`L${x.toFixed(1)} ${y.toFixed(1)}`] : [];
      isDrawing = true;
      return [place, ...dot];
    })
    .join(" ");
}
