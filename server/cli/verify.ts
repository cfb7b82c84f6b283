/** `headway verify PACK`: whether a statement is what was signed, and says what its rows give. It needs no configuration, database or network. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { periodWords } from "#metrics/programme/savings/statement/period.ts";
import type { StatedRecord, StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { fingerprint } from "../statements/signing.ts";
import { PackError } from "../statements/pack.ts";
import { verifyPack } from "../statements/verify.ts";
import { StoreError } from "../store/errors.ts";
import type { Arguments } from "./args.ts";
import type { Effects } from "./effects.ts";
import { createScreen } from "./screen.ts";
import { UsageError } from "./usage.ts";

export async function verify(args: Arguments, effects: Effects): Promise<number> {
  const [file, extra] = args.operands;
  if (file === undefined || extra !== undefined) throw new UsageError("Name one pack: headway verify PACK --key KEY");
  const { key: pinned = null } = args.options;
  const bytes = await readFile(resolve(effects.cwd, file)).catch((error: unknown) => {
    throw new StoreError("missing", `${file} cannot be read. Name a pack that \`headway statement\` wrote.`, error);
  });
  const { print } = createScreen(effects.stdout, effects.env);
  try {
    const { head, hash, count, figures, rows } = verifyPack(bytes, pinned);
    const good = {
      file,
      isGood: true,
      month: head.month,
      key: head.key,
      previous: head.previous,
      hash,
      rows: count,
      frozen: rows.records.map(({ content: _content, ...record }) => record),
      owners: ownersOf(rows),
      figures,
    };
    const before = head.previous === "" ? "It is the first statement." : `It follows the statement ${head.previous}.`;
    const whose =
      pinned === null
        ? `It is signed with the key ${head.key} (${fingerprint(head.key)}), which the file itself names: compare it with the one you were given, or say it with --key.`
        : `It is signed with the key that you gave (${fingerprint(head.key)}).`;
    await print(
      args.json
        ? JSON.stringify(good, null, 2)
        : [
            `${file} is good: all ${figures.length} figures of ${head.month} follow from its ${count} rows.`,
            whose,
            `${before} Its own hash is ${hash}.`,
            periodWords(rows),
            ...rows.records.map(frozenWords),
            ...ownerWords(rows),
          ].join("\n"),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    const bad = { file, isGood: false, line: error.line, words: error.message };
    await print(args.json ? JSON.stringify(bad, null, 2) : `${file} is not good. Line ${error.line}: ${error.message}`);
    return 1;
  }
}

/** What was frozen before, and whether its text is there to be hashed again. */
function frozenWords({ kind, name, scope, hash, frozenOn, signerHash, content }: StatedRecord): string {
  const text = content === null ? "whose text is not in the file" : "of the text in the file";
  return `The ${kind === "measures" ? "baseline of measures" : kind} “${name}” of ${scope} was frozen on ${frozenOn}: SHA-256 ${hash}, ${text}; signed by whom ${signerHash} says.`;
}

/** Roles and teams, by how many assumptions they answer for. */
function ownersOf({ assumptions }: StatementRows): Readonly<Record<string, number>> {
  const owners: Record<string, number> = {};
  for (const { owner } of assumptions) if (owner !== "") owners[owner] = (owners[owner] ?? 0) + 1;
  return owners;
}

function ownerWords(rows: StatementRows): readonly string[] {
  const owners = Object.entries(ownersOf(rows)).map(([owner, count]) => `${owner} (${count})`);
  return owners.length === 0 ? [] : [`For its assumptions answer ${owners.join(", ")}.`];
}
