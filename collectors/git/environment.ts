/** The environment git runs in: the caller's, less what would redirect, prompt or translate. */
import { devNull } from "node:os";
import type { Credentials } from "./remote.ts";

/** Git's own variables that say how to reach a host. All others (a hook's GIT_DIR, traces, pagers) would change what is read. */
const KEPT = /^GIT_(SSH|SSL_|HTTP_|PROXY_|CONFIG_|EXEC_PATH$)/;

/** For everything but cloning: reading a repository never talks to a host, even where a clone lacks objects. */
export function offline(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...calm(env), GIT_ALLOW_PROTOCOL: "none", GIT_NO_LAZY_FETCH: "1" };
}

/** For cloning and fetching. Credentials are handed over here and not as arguments, which every user of a machine can list. */
export function online(env: NodeJS.ProcessEnv, credentials: Credentials | null): NodeJS.ProcessEnv {
  return {
    ...calm(env),
    GIT_ALLOW_PROTOCOL: "https:http:ssh:git:file",
    ...(credentials && { HEADWAY_GIT_USERNAME: credentials.username, HEADWAY_GIT_PASSWORD: credentials.password }),
  };
}

/** Arguments that make git take its credentials from the environment above, and keep them out of every keyring. */
export function credentialArguments(credentials: Credentials | null): readonly string[] {
  if (credentials === null) return [];
  const helper = `!f() { test "$1" = get && echo "username=$HEADWAY_GIT_USERNAME" && echo "password=$HEADWAY_GIT_PASSWORD"; }; f`;
  return ["-c", "credential.helper=", "-c", `credential.helper=${helper}`];
}

function calm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith("GIT_") || KEPT.test(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    LANGUAGE: "",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    SSH_ASKPASS: "",
    SSH_ASKPASS_REQUIRE: "never",
    GCM_INTERACTIVE: "never",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_GRAFT_FILE: devNull,
  };
}
