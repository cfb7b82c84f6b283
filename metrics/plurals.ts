/** Which form of a word a number takes, by the rules of the language the sentences are in. */
const rules = new Intl.PluralRules("en");

/** `one` of 1 and `other` of every other number, 0 among them (Unicode CLDR's categories of English cardinals). */
export function byNumber(n: number, one: string, other: string): string {
  return rules.select(n) === "one" ? one : other;
}
