/** Numbers as text for Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4). */

type Labels = Readonly<Record<string, string>>;

/** One number, with what it is about. */
interface Sample {
  readonly labels: Labels;
  readonly value: number;
  /** Of a histogram: `_bucket`, `_sum`, `_count`. */
  readonly suffix?: string;
}

export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly Sample[];
}

/** A family without a sample is not told: what nobody knows has no number. */
export function exposition(families: readonly Family[]): string {
  const told = families.filter(({ samples }) => samples.length > 0);
  return told.map(familyText).join("");
}

function familyText({ name, help, type, samples }: Family): string {
  const lines = samples.map(
    ({ labels, value, suffix = "" }) => `${name}${suffix}${labelText(labels)} ${numberText(value)}`,
  );
  return [`# HELP ${name} ${help.replaceAll(/[\\\n]/g, escaped)}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n");
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll(/[\\\n"]/g, escaped)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(sign: string): string {
  return sign === "\n" ? String.raw`\n` : `\\${sign}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  return String(value);
}

/** Counts how often something happened, by what it was about. */
export class Counter {
  readonly #counts = new Map<string, { readonly labels: Labels; value: number }>();

  add(labels: Labels, by = 1): void {
    const key = JSON.stringify(labels);
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { labels, value: by });
    else known.value += by;
  }

  samples(): readonly Sample[] {
    return [...this.#counts.values()].map(({ labels, value }) => ({ labels, value }));
  }
}

/** Counts how long something took, by what it was about: a number for each limit that it did not exceed. */
export class Histogram {
  readonly #limits: readonly number[];
  readonly #seen = new Map<
    string,
    { readonly labels: Labels; readonly within: number[]; sum: number; count: number }
  >();

  /** @param limits ascending, without the last one, which is infinite. */
  constructor(limits: readonly number[]) {
    this.#limits = limits;
  }

  observe(labels: Labels, value: number): void {
    const key = JSON.stringify(labels);
    const seen = this.#seen.get(key) ?? { labels, within: this.#limits.map(() => 0), sum: 0, count: 0 };
    this.#seen.set(key, seen);
    seen.sum += value;
    seen.count += 1;
    for (const [index, limit] of this.#limits.entries())
      if (value <= limit) seen.within[index] = (seen.within[index] ?? 0) + 1;
  }

  samples(): readonly Sample[] {
    return [...this.#seen.values()].flatMap(({ labels, within, sum, count }) => [
      ...[...this.#limits, Infinity].map((limit, index) => ({
        labels: { ...labels, le: numberText(limit) },
        value: within[index] ?? count,
        suffix: "_bucket",
      })),
      { labels, value: sum, suffix: "_sum" },
      { labels, value: count, suffix: "_count" },
    ]);
  }
}
