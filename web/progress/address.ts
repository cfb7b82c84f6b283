/** What the address of the page says: whose progress, which service is unfolded, which week of which part is looked into, and which review is read. */
export const KEYS = ["scope", "useCase", "wave", "service", "part", "week", "review"] as const;

export type Asked = Readonly<Record<(typeof KEYS)[number], string | null>>;

export function askedIn(search: string): Asked {
  const query = new URLSearchParams(search);
  const of = (key: keyof Asked): string | null => query.get(key);
  return {
    scope: of("scope"),
    useCase: of("useCase"),
    wave: of("wave"),
    service: of("service"),
    part: of("part"),
    week: of("week"),
    review: /^[1-9]\d{0,8}$/.exec(of("review") ?? "")?.[0] ?? null,
  };
}

/** The address with something else said. */
export function progressLink(asked: Asked, other: Partial<Asked>): string {
  const query = new URLSearchParams();
  const all = { ...asked, ...other };
  for (const key of KEYS) {
    const value = all[key];
    if (value !== null) query.set(key, value);
  }
  const text = query.toString();
  return text === "" ? "progress" : `progress?${text}`;
}

/** What a gate and a review are for: a wave, a use case, or the whole programme. */
export function subjectOf({ useCase, wave }: Asked): { readonly useCase?: string; readonly wave?: string } {
  if (wave !== null) return { wave };
  return useCase === null ? {} : { useCase };
}
