/** Numbers as people write them into a line. */

/** `80000`, and `80,000` with commas between its thousands; `NaN` of anything else, since nobody can say what `80,5` means. */
export function amountIn(typed: string): number {
  return Number(/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(typed) ? typed.replaceAll(",", "") : typed);
}
