/** Money in a sentence: "€1.25M", "−€630K". Three digits, because nobody knows a fourth of what is assumed. */
export function money(value: number, currency: string): string {
  const short = { notation: "compact", maximumSignificantDigits: 3 } as const;
  return new Intl.NumberFormat("en", { style: "currency", currency, ...short }).format(value).replace("-", "−");
}
