import { Go } from "../design/go.tsx";
import { type Filters, link } from "../filters.ts";
import { monthName } from "../format.ts";
import { go } from "../router.ts";
import type { Ledger } from "../types.ts";

/** The month in the address; `null`: none is, and the running one is meant. */
export function monthIn(search: string): string | null {
  const month = new URLSearchParams(search).get("month") ?? "";
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : null;
}

/** Whether it is as of now: only then can lines be taken further. */
export function isRunning({ month, months }: Ledger): boolean {
  return month === months[0];
}

interface Props {
  readonly ledger: Ledger;
  readonly filters: Filters;
}

/** As of the end of which month: one that is over can be held against what was handed out of it. */
export function MonthChoice({ ledger, filters }: Props) {
  const { month, months } = ledger;
  const [running = month] = months;
  if (months.length < 2 && isRunning(ledger)) return null;
  const to = (other: string): string => link("ledger", filters, { month: other === running ? null : other });
  return (
    <section class="section">
      <p>
        <label class="field">
          Month{" "}
          <select value={month} onChange={({ currentTarget: { value } }) => go(to(value))}>
            {(months.includes(month) ? months : [month, ...months]).map((one) => (
              <option key={one} value={one}>
                {monthName(one)}
                {one === running && ", so far"}
              </option>
            ))}
          </select>
        </label>
      </p>
      <p class="muted">
        {month === running && "As of now; the running month counts whole."}
        {month < running &&
          `The ledger as it stood at the end of ${monthName(month)}, with each step by its day, also where it was written later. The books and the statement of the month are marked below, where there are any.`}
        {month > running && `What will count in ${monthName(month)} as far as is said by now.`}
        {month !== running && (
          <>
            {" "}
            Lines are taken further <Go to={to(running)}>as of now</Go>.
          </>
        )}
      </p>
    </section>
  );
}
