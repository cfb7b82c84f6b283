/** From the text of a configuration file to a configuration, or to everything that is wrong with it. */
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import { fillIn, withoutSecrets } from "./environment.ts";
import { ConfigError } from "./errors.ts";
import { problems, sentence } from "./problems.ts";
import { Config } from "./schema.ts";
import { readYaml } from "./yaml.ts";

const CONFIGURATION = { what: "a configuration", emptyHint: "`headway init` writes an example to begin with" };

/** Where everything is kept unless the file says otherwise. */
const DATABASE = "data/headway.db";

/**
 * @param file where the text comes from: relative paths in it begin there.
 * @throws ConfigError with one line per problem, all of them at once, and no value of the environment.
 */
export function parseConfig(text: string, file: string, env: NodeJS.ProcessEnv): Config {
  const { value, told } = readYaml(text, file, CONFIGURATION);
  const filled = fillIn(value, env);
  const raw = inFolder(filled.value, dirname(file));
  const result = Config.safeParse(raw, { error: sentence });
  if (result.success && filled.problems.length === 0) return result.data;
  const found = [...filled.problems, ...(result.success ? [] : problems(Config, raw, result.error))];
  const shown = told(found).map((words) => withoutSecrets(words, filled.secrets));
  throw new ConfigError("invalid", `${file} is not a valid configuration.\n${shown.join("\n")}`);
}

/** Where keys and secrets lie, for what is read before the configuration is understood. */
export function dataFolderOf(text: string, file: string): string {
  const document = parseDocument(text, { prettyErrors: false });
  const [data, database]: unknown[] = [document.get("data"), document.get("database")];
  return dataIn(data, database ?? DATABASE, dirname(file)) ?? dirname(resolve(dirname(file), DATABASE));
}

/** The folder that is named, else that of a database file, else one beside the configuration; `null` where neither is a name. */
function dataIn(data: unknown, database: unknown, folder: string): string | null {
  if (typeof data === "string" && data !== "") return resolve(folder, data);
  if (data !== undefined || typeof database !== "string" || database === "") return null;
  // Before the environment is filled in, an address may stand there as a name.
  return /:\/\/|^\$\{/.test(database) ? resolve(folder, "data") : dirname(resolve(folder, database));
}

/** Paths are meant from the file's folder, wherever Headway is started. What is no path stays for the schema to refuse. */
function inFolder(value: unknown, folder: string): unknown {
  if (!isRecord(value)) return value;
  const { database = DATABASE, data, sources, login } = value;
  const kept = dataIn(data, database, folder);
  const isFile = typeof database === "string" && database !== "" && !database.includes("://");
  return {
    ...value,
    database: isFile ? resolve(folder, database) : database,
    ...(kept !== null && { data: kept }),
    ...(Array.isArray(sources) && { sources: sources.map((source) => sourceInFolder(source, folder)) }),
    ...(isRecord(login) && { login: loginInFolder(login, folder) }),
  };
}

function loginInFolder(login: Record<string, unknown>, folder: string): unknown {
  const { clientSecretFile: file } = login;
  return typeof file === "string" && file !== "" ? { ...login, clientSecretFile: resolve(folder, file) } : login;
}

function sourceInFolder(source: unknown, folder: string): unknown {
  if (!isRecord(source) || typeof source["path"] !== "string" || /^(-|$)/.test(source["path"])) return source;
  return { ...source, path: resolve(folder, source["path"]) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
