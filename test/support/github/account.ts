/** What a GitHub of our own says of a token: whose it is, what it may do and what it sees. */
import { deploymentOf, iso } from "./rest.ts";
import type { Reply } from "./server.ts";
import type { FakeRepository } from "./world.ts";

export class FakeAccount {
  login = "ada";
  /** As `X-OAuth-Scopes` says them; `null`: a token that does not say. */
  scopes: string | null = "repo, read:org";
  organizations = ["acme"];
  expires: string | null = null;
  /** Whether the token is that of an app's installation, which stands for no account. */
  isInstallation = false;
  /** What an app may do. */
  permissions: Record<string, string> = { metadata: "read", contents: "read" };
  /** Paths that the token may not read. */
  withheld = /^$/;

  /** `null` for paths that are not about an account. */
  answer(path: string, repositories: readonly FakeRepository[]): Reply | null {
    if (this.withheld.test(path)) return { status: 403, body: { message: "Resource not accessible by token" } };
    if (/^\/user\b/.test(path) === this.isInstallation && /^\/(user|installation)\b/.test(path))
      return { status: 403, body: { message: "Resource not accessible by integration" } };
    switch (path) {
      case "/app/installations/7/access_tokens":
        return { status: 201, body: this.#installed() };
      case "/installation/repositories":
        return { status: 200, body: { total_count: repositories.length, repositories: repositories.map(visible) } };
      case "/user":
        return { status: 200, body: { login: this.login, type: "User" }, headers: this.#headers() };
      case "/user/orgs":
        return { status: 200, body: this.organizations.map((login) => ({ login })) };
      case "/user/repos":
        return { status: 200, body: repositories.map(visible) };
    }
    const [, name, list] = /^\/repos\/([^/]+\/[^/]+)\/(pulls|issues|deployments|releases)$/.exec(path) ?? [];
    const repository = repositories.find(({ fullName }) => fullName === name);
    if (repository === undefined) return null;
    return { status: 200, body: list === "deployments" ? repository.deployments.map(deploymentOf) : [] };
  }

  #installed() {
    const expires_at = "2999-01-01T00:00:00Z";
    return { token: "t-good", expires_at, permissions: this.permissions, repository_selection: "all" };
  }

  #headers(): Record<string, string> {
    return {
      ...(this.scopes !== null && { "x-oauth-scopes": this.scopes }),
      ...(this.expires !== null && { "github-authentication-token-expiration": this.expires }),
    };
  }
}

function visible({ id, fullName, owner, isArchived }: FakeRepository) {
  return {
    id,
    full_name: fullName,
    private: true,
    archived: isArchived,
    pushed_at: iso(Date.parse("2026-05-01")),
    owner: { login: owner, type: "Organization" },
  };
}
