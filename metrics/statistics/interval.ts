/** The values compatible with the data, both ends included, in the unit of what was measured. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
