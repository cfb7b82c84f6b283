/** How people come in by the company's identity provider. */
import { Refused } from "../answers/problem.ts";
import type { Body, CommandReply } from "../contract.ts";
import { ATTEMPT, cookieIn, dropCookie, setCookie } from "./cookies.ts";
import { begin } from "./logging-in.ts";
import type { Asking } from "./routes.ts";
import { roleOf, teamsOf } from "./provider-groups.ts";
import type { Provider } from "./provider.ts";

/** @throws Refused when there is no provider, or it does not answer. */
export async function beginAtProvider(
  { access, request, response }: Asking,
  { to }: Body<"/api/login/provider">,
): Promise<CommandReply<"/api/login/provider">> {
  const { url, sealed, until } = await providerOf(access).begin(to);
  await setCookie(access, { request, response }, ATTEMPT, { value: sealed, expiresAt: until });
  return { url };
}

/** @throws Refused when they are not let in, with what to do. */
export async function endAtProvider(
  asking: Asking,
  { query }: Body<"/api/login/provider/end">,
): Promise<CommandReply<"/api/login/provider/end">> {
  const { access, request, response } = asking;
  const provider = providerOf(access);
  const { login } = provider;
  const sealed = await cookieIn(access, request, ATTEMPT);
  await dropCookie(access, { request, response }, ATTEMPT);
  const { person, to } = await provider.end(sealed, query);
  const { subject, name, groups } = person;
  const role = roleOf(groups, login);
  if (role === null) throw new Refused(403, "Not let in", notMapped(groups, provider));
  const deed = { actor: `groups of ${login.name}`, at: access.now() };
  const member = await access.store.followProvider({ subject, name, role, teams: teamsOf(groups, login) }, deed);
  if (member === null)
    throw new Refused(
      403,
      "Not let in",
      `Somebody called “${name}” logs in here with a password, and nobody is taken for them. An administrator removes that user (\`headway user remove --name NAME\`); then log in once more.`,
    );
  return { ...(await begin(asking, member, login.hours)), to };
}

function notMapped(groups: readonly string[] | null, { login }: Provider): string {
  const { name } = login;
  if (groups === null)
    return `${name} knows you, and says nothing of your groups. Whoever runs Headway names the claim that lists them (\`groups\`, now ${login.groups}) and the scope that asks for it (\`scopes\`) in headway.yaml; or the provider is told to send it.`;
  return `${name} knows you, and none of your groups may see this Headway. Ask an administrator for a group that may; then log in once more.`;
}

function providerOf({ provider }: Asking["access"]): Provider {
  const found = provider();
  if (found !== null) return found;
  throw new Refused(
    404,
    "There is no provider",
    "Nobody logs in here by an identity provider: `login` in headway.yaml names one.",
  );
}
