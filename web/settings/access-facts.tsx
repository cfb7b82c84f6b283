import { NONE } from "../format.ts";
import type { Settings } from "../types.ts";

type Access = NonNullable<Settings["access"]>;

/** Who sees what, and how Headway is reached, as the configuration says it. */
export function AccessFacts({ access }: { readonly access: Settings["access"] }) {
  return (
    <section class="section">
      <h2>Who sees what</h2>
      {access === null ? (
        <p>It was not written down then.</p>
      ) : (
        <div class="panel">
          <dl class="facts">
            {factsOf(access).map(({ term, words, change }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>
                  {words}
                  <span class="muted">
                    {" "}
                    · <code>{change}</code>
                  </span>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </section>
  );
}

function factsOf({ visibility, url, proxies, provider, teamServices }: Access) {
  const viewers = visibility === "all" ? "everything" : "what their teams own";
  const owned = teamServices.flatMap(({ team, services }) =>
    services.map(({ service, since, until }) => `${service}: ${team}${duration(since, until)}`),
  );
  return [
    { term: "Viewers see", words: viewers, change: "visibility" },
    { term: "Reached at", words: url ?? `${NONE} this machine`, change: "url" },
    { term: "Proxies believed", words: proxies.join(", ") || NONE, change: "proxies" },
    { term: "Identity provider", words: provider === null ? NONE : providerWords(provider), change: "login" },
    { term: "Services of teams", words: owned.join("; ") || NONE, change: "teams" },
  ];
}

function duration(since: string | null, until: string | null): string {
  return (since === null ? "" : ` since ${since}`) + (until === null ? "" : ` until ${until}`);
}

function providerWords({ name, issuer, roles, teams, others, hours }: NonNullable<Access["provider"]>): string {
  const groups = Object.entries(roles).map(([group, role]) => `${group}: ${role}`);
  const seen = Object.entries(teams).map(([group, names]) => `${group}: ${names.join(", ")}`);
  const rest = others === null ? "others are not let in" : `others: ${others}`;
  const parts = [`${name} (${issuer})`, ...groups, rest, ...seen.map((one) => `sees ${one}`), `for ${hours} h`];
  return parts.join("; ");
}
