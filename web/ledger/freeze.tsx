import { useCommand } from "../connect/use-command.ts";
import { Notice } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { Table } from "../design/table.tsx";
import { share } from "../format.ts";
import type { SavingsPlan } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { AskForm, type Asked, type Entered, numberIn } from "./form.tsx";

interface Props {
  readonly scopes: readonly string[];
  readonly currency: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const COSTS = [
  ["labour", "Labour"],
  ["ci", "Pipelines"],
  ["infrastructure", "Infrastructure"],
  ["licences", "Licences"],
  ["contractors", "Contractors"],
  ["overtime", "Overtime"],
  ["downtime", "Downtime"],
] as const;
const BUCKETS = [
  ["unplanned-rework", "Unplanned rework"],
  ["toil", "Toil"],
] as const;

const FOR_GOOD: Asked = {
  name: "sure",
  label: "I know that this can never be changed, only withdrawn with a reason, and that its name stays taken",
  kind: "confirm",
};

/** Freezes how the time before was. */
export function FreezeBaseline({ scopes, currency, onDone, onCancel }: Props) {
  const { isBusy, problem, run } = useCommand("/api/savings/records/freeze");
  return (
    <AskForm
      title="Freeze a baseline record"
      fields={[
        { name: "name", label: "Name of the record", kind: "text" },
        {
          name: "scope",
          label: "Of which scope",
          kind: "choice",
          choices: scopes.map((value) => ({ value, words: value })),
          usual: "organisation",
        },
        { name: "from", label: "First day", kind: "date" },
        { name: "to", label: "Day after the last: 12 weeks later at least, 26 are better", kind: "date" },
        ...COSTS.map(([kind, words]) => ({
          name: kind,
          label: `${words} in this time, ${currency}`,
          kind: "number" as const,
          isOptional: kind !== "labour",
        })),
        { name: "rate", label: `What an hour costs, blended, ${currency}`, kind: "number", isOptional: true },
        ...BUCKETS.map(([bucket, words]) => ({
          name: bucket,
          label: `${words}, hours a month: no line takes more`,
          kind: "number" as const,
          isOptional: true,
        })),
        {
          name: "unit",
          label: "Unit of volume: one that does not grow when the same work is cut smaller",
          kind: "choice",
          choices: [
            { value: "linked issues", words: "Linked issues delivered, which are counted" },
            { value: "use cases", words: "Use cases delivered, which you count" },
          ],
          isOptional: true,
        },
        { name: "units", label: "How many of them you counted in this time", kind: "number", isOptional: true },
        FOR_GOOD,
      ]}
      action="Freeze it for good"
      isBusy={isBusy}
      problem={problem}
      onCancel={onCancel}
      onSend={(entered, actor) => run({ record: baselineOf(entered), actor }, onDone)}
    />
  );
}

function baselineOf(entered: Entered) {
  const said = (name: string): readonly number[] => {
    const value = numberIn(entered, name);
    return value === null ? [] : [value];
  };
  const { name = "", scope = "", from = "", to = "", unit = "" } = entered;
  const [units = null] = said("units");
  return {
    kind: "baseline" as const,
    name,
    scope,
    from,
    to,
    categories: COSTS.flatMap(([kind]) => said(kind).map((amount) => ({ kind, amount }))),
    volume: unit === "" ? null : { unit, amount: units },
    rates: said("rate").map((value) => ({ what: "rate" as const, of: null, value })),
    hours: BUCKETS.flatMap(([bucket]) => said(bucket).map((hours) => ({ bucket, hours }))),
  };
}

/** Freezes how a saving will be measured, as one of the schedules that were tried says. */
export function FreezePlan({ onDone, onCancel }: Pick<Props, "onDone" | "onCancel">) {
  const { reply, problem: unanswered } = useReply("/api/savings/plan", {}, 0);
  const { isBusy, problem, run } = useCommand("/api/savings/records/freeze");
  if (unanswered !== null) return <Notice level="warning" title={unanswered.message} />;
  if (reply === null) return <Skeleton label="Trying schedules in worlds like the past" kind="panel" count={1} />;
  const { schedules, recommended, sentence, seed } = reply;
  return (
    <>
      <p>{sentence}</p>
      <Tried schedules={schedules} recommended={recommended} />
      <AskForm
        title="Freeze a plan: how a saving will be measured"
        fields={[
          { name: "name", label: "Name of the plan", kind: "text" },
          {
            name: "schedule",
            label: `In which order teams begin, drawn by chance with the seed ${seed}`,
            kind: "choice",
            choices: schedules.map(({ id, title }) => ({
              value: id,
              words: `${title}${id === recommended ? ", recommended" : ""}`,
            })),
            usual: recommended ?? "",
          },
          FOR_GOOD,
        ]}
        action="Freeze it for good"
        isBusy={isBusy}
        problem={problem}
        onCancel={onCancel}
        onSend={({ name = "", schedule }, actor) => {
          const record = schedules.find(({ id }) => id === schedule)?.record ?? null;
          if (record !== null) run({ record: { ...record, name }, actor }, onDone);
        }}
      />
      <p class="small muted">
        <code>headway plan --from DAY --seed NUMBER --freeze NAME</code> plans for another day, or draws another order.
      </p>
    </>
  );
}

interface TriedProps {
  readonly schedules: SavingsPlan["schedules"];
  readonly recommended: string | null;
}

/** What each order of waves would see, and when its teams begin. */
function Tried({ schedules, recommended }: TriedProps) {
  return (
    <div class="panel">
      <Table
        caption="Orders that were tried, in worlds that go on as the past did"
        columns={[
          {
            title: "Order",
            align: "start",
            cell: ({ id, title }) => (id === recommended ? `${title} (recommended)` : title),
            sortBy: null,
          },
          {
            title: "Smallest saving seen in the end",
            align: "end",
            cell: ({ quarters }) => seen(quarters.at(-1)?.detectable ?? null),
            sortBy: null,
          },
          { title: "10 % is seen from", align: "end", cell: ({ earliest }) => earliest ?? "never", sortBy: null },
          { title: "Begins", align: "start", cell: ({ dates }) => begins(dates), sortBy: null },
        ]}
        rows={schedules}
        keyOf={({ id }) => id}
      />
    </div>
  );
}

function seen(detectable: number | null): string {
  return detectable === null ? "nothing can be seen" : share(detectable);
}

/** Teams by the day on which they begin; those that do not come last. */
function begins(dates: SavingsPlan["schedules"][number]["dates"]): string {
  const days = [...new Set(dates.map(({ day }) => day))];
  return days
    .map((day) => {
      const teams = dates.filter((one) => one.day === day).map(({ team }) => team);
      return `${day ?? "not in this time"}: ${teams.join(", ")}`;
    })
    .join("; ");
}

/** Says of a frozen record that it holds no more. */
export function WithdrawRecord({
  name,
  onDone,
  onCancel,
}: Pick<Props, "onDone" | "onCancel"> & { readonly name: string }) {
  const { isBusy, problem, run } = useCommand("/api/savings/records/withdraw");
  return (
    <AskForm
      title={`Withdraw “${name}”`}
      fields={[
        { name: "reason", label: "Why", kind: "text" },
        { name: "sure", label: "I know that it cannot be put back, and that its text stays readable", kind: "confirm" },
      ]}
      action="Withdraw it"
      isBusy={isBusy}
      problem={problem}
      onCancel={onCancel}
      onSend={({ reason = "" }, actor) => run({ name, reason, actor }, onDone)}
    />
  );
}
