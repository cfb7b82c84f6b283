/** Where a stage lies between the beginning of the first and the end of the last, in hundredths. Pure, so that it can be tested. */
interface Span {
  readonly from: string;
  readonly to: string;
}

/** What takes hardly any time can still be seen. */
const LEAST = 0.6;

export function barOf(span: Span, spans: readonly Span[]): { readonly start: number; readonly length: number } {
  const from = Math.min(...spans.map((one) => Date.parse(one.from)));
  const to = Math.max(...spans.map((one) => Date.parse(one.to)));
  const whole = Math.max(1, to - from);
  const length = Math.max(LEAST, (100 * (Date.parse(span.to) - Date.parse(span.from))) / whole);
  return { start: Math.min(100 - length, (100 * (Date.parse(span.from) - from)) / whole), length };
}
