import { DEFAULT_FILE } from "#config/load.ts";
import { VERSION } from "../version.ts";

/** What `headway --help` prints. */
export const HELP = `headway ${VERSION}: delivery metrics from git, with the rows behind every number

Usage: headway [COMMAND] [OPTIONS]

  start                sync on a schedule and serve the dashboard (the default)
      --port N           default: 4179, or the environment variable PORT
      --host H           default: 127.0.0.1; a wider one, such as 0.0.0.0, once somebody can log in
  sync                 collect what is new, once
  report               the numbers, in the terminal
      --from, --to       a day (2026-11-22, in the configured zone) or an instant
                         (2026-11-22T08:00:00Z); default: the last 26 weeks until now
      --scope S          team:NAME, system:NAME or use-case:ID; default: the organisation
      --service S        one service of it by name; default: all, pooled
      --interval I       day, week (default) or month
      --bots in|out      with or without what bots did; default: as each metric says
      --time working     durations in working hours of whoever owned a service; default: elapsed
      --open dropped     leave out what is not over; default: it counts as lasting so long
      --against NAME     compare with a baseline, not with the window before
      --page progress    how far services have come; with --service its practices, part by part
      --page backbone    what changes waited for, what initiatives are worth for what they cost, the
                         roadmap by quarter, and what was forecast against what came
      --page leadership  the one page: use cases, DORA's five against the baseline, savings, what
                         moved and why, what stands in the way
      --format F         of that page: md, html (one file, prints to one sheet) or pdf
      --out FILE         where to; --overwrite also where it is
      --freeze NAME --by WHO [--reason WHY]   freeze a window as a baseline; default: the 26 weeks
                         before the running one. It never changes; --withdraw NAME takes it back
  export KIND          rows as text: commits, changes, deployments, incidents, pipelines, alerts,
                       measures, progress (practices by week), judgements (what people
                       decided), baselines, audit
      --from, --to, --service, --scope   as above; default: everything
      --format F         ndjson (default), csv or json
  check                what is wrong and what to do, and what the rule of each service counts
      --rules FROM       preview another: deployments, jobs, runs, releases, tags, pushes, merges
      --name, --workflow, --branch, --environment   of jobs and runs: regular expressions
      --production P     environments that are production: a regular expression
      --tags RULE        of tags: stable, prerelease or a regular expression
      --branch B         of tags: any, or default, those on the default branch
      --service S        only of this one
      --privacy          what is kept about people, what for and for how long
  import KIND FILE     rows of a CSV file: deployments, incidents, alerts, costs; never deletes
      --dry-run          what it would do, row by row
      --service S, --environment E   for rows that do not say it; --by NAME who imports costs
  judge VERB           what people decide, signed with --reason and --by, and never erased
      exclude change|deployment ID --service S, exclude label LABEL, exclude days
      failed|not-failed DEPLOYMENT --service S   over what the signals say; --recovered T
      annotate NAME, adopt NAME   marks in charts; --rebase where the process changed that day,
                         so that limits of normal variation start anew
      --from, --to       days; --to is the day after the last
      --service S, --scope S   whose: also team:NAME, system:NAME or use-case:ID; default: all
      put-back N, list   take one back, and show all with their numbers
  digest               what would be sent now to the places under \`digests\` in the configuration
      --send             send it, whatever was sent before
  programme VERB       what the company declares: backbone, use cases, initiatives
      export             the whole of it as YAML
      import FILE        takes a file as the programme; what was there stays as an earlier version
      --dry-run          what it would change
      --reason T, --by NAME   why, and who
  review               hold a review: freeze what is known, with its minutes, for good
      --minutes FILE     what was said; its lines "Decision: …" are the decisions
      --for use-case:ID, --for wave:ID   default: the programme
      --kind steering    default: monthly
      --by NAME          who holds it; --dry-run shows what would be frozen
      list, show N       those that were held, and one with what is different today
  ledger               what is said to be saved, and how far finance agrees
      --month M          as of the end of a month, such as 2026-10; default: now
  actuals import FILE  what the books say was paid: CSV with costCentre, month and amount
      --dry-run          what it would change, and every mistake with its line
  statement            what finance hands out of a month that is over, signed; issued once
      --month M          default: the month before this one; --by NAME who issues it
      --format F         pack (default), csv, xlsx or html
      --out FILE         where to; default: stdout (xlsx always needs a file)
  verify PACK          prints every digit of a statement again from its rows, without a database
      --key KEY          the public key that you were given; any other is refused
  plan                 the smallest saving that can be seen, for each order in which teams begin
      --from DAY, --seed N   when the first teams begin; which order chance draws
      --to DAY           as on an earlier day
      --freeze NAME --by NAME   keep it as a record that never changes; --schedule ID: which order
  user VERB            who can log in: add, list, role, teams, password, remove
      --name N           what they are called
      --role R           viewer, lead, programme, finance or admin
      --teams A,B        whose services a viewer sees, with \`visibility: teams\`
      --password-file F  its first line is the password; default: a link by which they choose one
  token VERB           what programs push or read with: create, list, revoke
      --name N           what uses it
      --scope S          push (default), read, or metrics: /metrics alone
      --expires T        90d, or a day; default: never
  demo                 a simulated company with three years of history, in a database of its own
      --port N, --host H   as of start
      --seed N           another one; default: 1
      --years N          its past, from 1 to 5; default: 3
      --truth            what is true of it, as JSON, to judge the numbers by
  backup FILE          everything that is stored, as one file, also while it serves and collects
      --overwrite        also where a file of that name exists
  restore FILE         put a backup in the place of the database, which is kept beside it
  move                 carry a SQLite database over to PostgreSQL, with everything in it
      --to ADDRESS       postgres://…, an empty database
  init                 write an example ${DEFAULT_FILE}

Options of every command:
  --config FILE        default: ${DEFAULT_FILE} in this folder
  --repo PATH|URL      look at this git repository instead. Alone it needs no configuration file
                       and reads none; with --config, everything but the sources is the file's.
  --json               for programs
  --help, --version

Without --config, --repo and ${DEFAULT_FILE}, Headway looks at the git repository it stands in.
Results go to stdout, progress to stderr. Exit codes: 0 done, 1 failed, 2 not understood.
`;
