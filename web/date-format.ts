/** Formats of dates, each made once: making one costs as much as hundreds of uses. */

const made = new Map<string, Intl.DateTimeFormat>();

export function dateFormat(locale: "en-GB" | "en-CA", options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(locale, options);
  made.set(key, format);
  return format;
}
