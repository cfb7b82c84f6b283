import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import { type Column, Table } from "../design/table.tsx";
import { decimal, money, moment, plural, share } from "../format.ts";
import type { Ledger } from "../types.ts";
import { Fund } from "./fund.tsx";
import { AskForm, type Asked, numberIn } from "./form.tsx";
import { isRunning } from "./month.tsx";

type Line = Ledger["lines"][number];
type Step = Line["possible"][number];

export interface LedgerProps {
  readonly ledger: Ledger;
  readonly zone: string;
  readonly onChange: () => void;
}

/** Every line, how far it has come, and what can become of it. */
export function Lines(props: LedgerProps) {
  const { ledger, onChange } = props;
  const [chosen, choose] = useState<number | null>(null);
  const [isAdding, add] = useState(false);
  // Steps follow the last one there is, which an earlier month does not know.
  const mayAdd = useMay("/api/ledger/add") && isRunning(ledger);
  const line = ledger.lines.find(({ id }) => id === chosen);
  return (
    <section class="section">
      <h2>Lines</h2>
      {ledger.lines.length === 0 ? (
        <p class="muted">None yet. A line is one saving: of one lever, of one scope, with one owner.</p>
      ) : (
        <div class="panel">
          <Table
            caption="Lines of the ledger"
            columns={columnsOf(ledger.currency, choose)}
            rows={ledger.lines}
            keyOf={({ id }) => String(id)}
          />
        </div>
      )}
      {line !== undefined && <OfLine key={line.id} line={line} {...props} onClose={() => choose(null)} />}
      {mayAdd && !isAdding && (
        <p>
          <button type="button" class="button" onClick={() => add(true)}>
            Add a line …
          </button>
        </p>
      )}
      {mayAdd && isAdding && (
        <AddLine
          ledger={ledger}
          onDone={() => {
            add(false);
            onChange();
          }}
          onCancel={() => add(false)}
        />
      )}
    </section>
  );
}

/** Money, or hours, or both, of one month. */
export function worth(amount: number | null, hours: number | null, currency: string): string {
  const parts = [amount === null ? [] : [money(amount, currency)], hours === null ? [] : [`${decimal(hours)} h`]];
  const said = parts.flat();
  return said.length === 0 ? "—" : said.join(", ");
}

function columnsOf(currency: string, onChoose: (id: number) => void): readonly Column<Line>[] {
  return [
    {
      title: "Saving",
      align: "start",
      cell: ({ id, title }) => (
        <button type="button" class="quiet title-cell" onClick={() => onChoose(id)}>
          {title}
        </button>
      ),
      sortBy: ({ title }) => title,
    },
    { title: "Lever", align: "start", cell: ({ lever }) => lever, sortBy: ({ lever }) => lever },
    { title: "Of", align: "start", cell: ({ scope }) => scope, sortBy: ({ scope }) => scope },
    { title: "Owner", align: "start", cell: ({ owner }) => owner, sortBy: ({ owner }) => owner },
    {
      title: "A month",
      align: "end",
      cell: ({ amount, hours }) => <span class="nowrap">{worth(amount, hours, currency)}</span>,
      sortBy: ({ amount, hours }) => amount ?? hours ?? 0,
    },
    { title: "Stage", align: "start", cell: stageWords, sortBy: stageWords },
    {
      title: "Counts from",
      align: "start",
      cell: ({ countsFrom }) => <span class="nowrap">{countsFrom ?? "—"}</span>,
      sortBy: ({ countsFrom }) => countsFrom ?? "",
    },
    { title: "Goes nowhere", align: "end", cell: nowhere, sortBy: null },
  ];
}

function stageWords({ stage, isWithdrawn, isExpired }: Line): string {
  if (isWithdrawn) return "withdrawn";
  return isExpired ? `${stage}, expired` : stage;
}

function nowhere({ isCounted, unplaced, isOverdue }: Line): string {
  if (!isCounted || unplaced === 0) return "";
  return isOverdue ? `${share(unplaced)}, for two quarters or longer` : share(unplaced);
}

interface OfLineProps extends LedgerProps {
  readonly line: Line;
  readonly onClose: () => void;
}

const STEP_WORDS: Readonly<Record<Step, string>> = {
  identified: "Identified",
  planned: "Planned …",
  implemented: "Implemented …",
  measured: "Measured …",
  validated: "Finance agrees …",
  realised: "Realised …",
  sustained: "Sustained …",
  rejected: "Send back …",
  withdrawn: "Withdraw …",
};

/** From when it counts, until when, and what never will. */
function countsWords({ countsFrom, monthsBefore, fromMonth, isWithdrawn }: Line): string {
  const [year = 0, month = 1] = fromMonth.split("-").map(Number);
  const until = `${year + 2}-${String(month).padStart(2, "0")}`;
  if (isWithdrawn) return "It was withdrawn and counts no more.";
  if (countsFrom === null)
    return `It counts from the month in which finance agrees, ${fromMonth} at the earliest, and no more from ${until} on, when its eight quarters are over.`;
  const before =
    monthsBefore === 0
      ? ""
      : ` ${plural(monthsBefore, "month")} from ${fromMonth} on had passed before finance agreed and never count.`;
  return `It counts from ${countsFrom}, and no more from ${until} on, when its eight quarters are over.${before}`;
}

/** By which statements know a text that they do not hold. */
export function Sealed({ seal: { salt, hash } }: { readonly seal: NonNullable<Line["history"][number]["seal"]> }) {
  return (
    <span class="small muted">
      {" "}
      In statements as <code class="secret">{hash}</code>, with the salt <code class="secret">{salt}</code>
    </span>
  );
}

/** One line: what became of it, and what comes next. */
function OfLine({ line, ledger, zone, onChange, onClose }: OfLineProps) {
  const isNow = isRunning(ledger);
  const [begun, begin] = useState<Step | "fund" | null>(null);
  const doing = isNow ? begun : null;
  const mayMove = useMay("/api/ledger/move") && isNow;
  const mayAgree = useMay("/api/ledger/validate") && isNow;
  const may = (step: Step): boolean => (step === "validated" || step === "rejected" ? mayAgree : mayMove);
  const done = (): void => {
    begin(null);
    onChange();
  };
  return (
    <section class="panel" aria-label={line.title}>
      <h3>{line.title}</h3>
      <p class="muted">
        Line {line.id}, from {line.fromMonth}; first thought of as{" "}
        {worth(line.first.amount, line.first.hours, ledger.currency)} a month by {line.actor}. {countsWords(line)}
      </p>
      <ul>
        {line.history.map(({ step, day, actor, evidence, seal, amount, hours, madeAt }) => (
          <li key={madeAt + step}>
            {day}: {step} ({actor}, written {moment(madeAt, zone)})
            {amount === null && hours === null ? "" : `, now ${worth(amount, hours, ledger.currency)} a month`}:{" "}
            {evidence}
            {seal !== null && <Sealed seal={seal} />}
          </li>
        ))}
      </ul>
      {doing === null && (
        <p class="tools">
          {line.possible.filter(may).map((step) => (
            <button key={step} type="button" class="button" onClick={() => begin(step)}>
              {STEP_WORDS[step]}
            </button>
          ))}
          {mayMove && line.agreedOn !== null && !line.isWithdrawn && (
            <button type="button" class="button" onClick={() => begin("fund")}>
              Say where it goes …
            </button>
          )}
          <button type="button" class="button" onClick={onClose}>
            Close
          </button>
        </p>
      )}
      {doing === "fund" && <Fund line={line} ledger={ledger} onDone={done} onCancel={() => begin(null)} />}
      {doing !== null && doing !== "fund" && (
        <Take
          key={doing}
          step={doing}
          line={line}
          currency={ledger.currency}
          onDone={done}
          onCancel={() => begin(null)}
        />
      )}
    </section>
  );
}

interface TakeProps {
  readonly step: Step;
  readonly line: Line;
  readonly currency: string;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function Take({ step, line, currency, onDone, onCancel }: TakeProps) {
  const move = useCommand("/api/ledger/move");
  const validate = useCommand("/api/ledger/validate");
  const withdraw = useCommand("/api/ledger/withdraw");
  const command = step === "withdrawn" ? withdraw : step === "validated" || step === "rejected" ? validate : move;
  const changes: readonly Asked[] = [
    { name: "amount", label: `Another figure: ${currency} a month`, kind: "number", isOptional: true },
    { name: "hours", label: "Another figure: hours a month", kind: "number", isOptional: true },
    { name: "day", label: "On which day (default: today)", kind: "date", isOptional: true },
  ];
  const why = step === "withdrawn" || step === "rejected" ? "Why" : "What shows it";
  return (
    <AskForm
      title={`${STEP_WORDS[step].replace(/ …$/, "")}: ${line.title}`}
      fields={[{ name: "evidence", label: why, kind: "text" }, ...(step === "withdrawn" ? [] : changes)]}
      action={STEP_WORDS[step].replace(/ …$/, "")}
      isBusy={command.isBusy}
      problem={command.problem}
      onCancel={onCancel}
      onSend={(entered, actor) => {
        const evidence = entered["evidence"] ?? "";
        const own = { line: line.id, follows: line.steps, actor };
        const said = {
          ...own,
          evidence,
          amount: numberIn(entered, "amount"),
          hours: numberIn(entered, "hours"),
          ...(entered["day"] !== "" && { day: entered["day"] }),
        };
        if (step === "withdrawn") withdraw.run({ ...own, reason: evidence }, onDone);
        else if (step === "validated" || step === "rejected") validate.run({ ...said, step }, onDone);
        else if (step !== "identified") move.run({ ...said, step }, onDone);
      }}
    />
  );
}

interface AddProps {
  readonly ledger: Ledger;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function AddLine({ ledger: { known, month, currency }, onDone, onCancel }: AddProps) {
  const { isBusy, problem, run } = useCommand("/api/ledger/add");
  const levers = known.levers.map(({ id, title, ledger }) => ({ value: id, words: `${id} ${title} (${ledger})` }));
  const scopes = known.scopes.map((value) => ({ value, words: value }));
  return (
    <AskForm
      title="Add a line"
      fields={[
        { name: "title", label: "What is saved (it goes into signed files: name nobody)", kind: "text" },
        { name: "lever", label: "By which lever", kind: "choice", choices: levers },
        { name: "scope", label: "Whose", kind: "choice", choices: scopes },
        { name: "owner", label: "Owner (a role or team), no person", kind: "text" },
        { name: "fromMonth", label: "From the month", kind: "month", usual: month },
        { name: "amount", label: `${currency} a month`, kind: "number", isOptional: true },
        { name: "hours", label: "Hours a month", kind: "number", isOptional: true },
      ]}
      action="Add the line"
      isBusy={isBusy}
      problem={problem}
      onCancel={onCancel}
      onSend={({ title = "", lever = "", scope = "", owner = "", fromMonth = "", ...rest }, actor) => {
        const chosen = known.levers.find(({ id }) => id === lever);
        if (chosen === undefined) return;
        const figures = { amount: numberIn(rest, "amount"), hours: numberIn(rest, "hours") };
        run({ title, lever: chosen.id, scope, owner, fromMonth, ...figures, actor }, onDone);
      }}
    />
  );
}
