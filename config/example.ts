/** The configuration to begin with: every key, with its default, explained where it stands. */

/** @param path of the first repository, from the folder of the file. */
export function exampleConfig(path: string): string {
  return `# Headway's configuration. Check it with: headway check
# Relative paths begin in the folder of this file. \${NAME} is read from the environment.

# Where everything collected is kept: one SQLite file, or a PostgreSQL database such as \${DATABASE_URL}.
database: data/headway.db

# Where keys, secrets and clones are kept: the folder of that file, or, with PostgreSQL, data beside this file.
# data: data

# Days, weeks and months begin in this zone: a name such as Europe/Berlin.
timezone: UTC

# When \`headway start\` collects again: every so many minutes, or by cron text (UTC),
# for example "0 6 * * 1-5".
sync:
  every: 10

# The repositories to look at. Each is one service.
sources:
  - host: git
    path: ${JSON.stringify(path)}
    # name: payments              # as shown; default: the name of the folder
    # branch: main                # default: what the repository says
    # releases:                   # which tags stand in for deployments
    #   tags: stable              # 1.2.3, v1.2.3, pkg@1.2.3; or prerelease; or a regular expression: ^release-
    #   branch: any               # or default: only tags that lie on the default branch

  # A repository elsewhere is cloned, without file contents:
  # - host: git
  #   url: https://github.com/acme/shop.git
  # A private one takes user and token from the environment:
  # - host: git
  #   url: https://\${GIT_USER}:\${GIT_TOKEN}@git.example.com/acme/shell.git

# Default: one service per repository. Where services of a repository are listed, only these exist of it.
# Try a rule before it is written here: headway check --rules tags --tags ^checkout@
services: []
# services:
#   - name: checkout
#     repository: acme/shop
#     paths: [apps/checkout/**, libs/pay/**, "!**/*.md"]
#     deployments: { from: tags }   # or deployments, jobs, runs, releases, pushes, merges
#     releases: { tags: ^checkout@ }
#     incidentLabels: ["service::checkout"]
#     team: payments                # or below, with dates
#     system: shop

# Who owns which service since when; parts of a team say their \`parent\`.
# teams:
#   - name: payments
#     calendar: office
#     services:
#       - checkout
#       - { service: acme/ledger, since: 2026-01-01, until: 2026-04-01 }

# Which part of the backbone a service is: core, integration, data, api, infrastructure, security.
# systems:
#   - { name: shop, element: core, technology: it }

# When work is done: for working time, and for what happens outside it.
# calendar: office                  # the organisation's
# calendars:
#   - name: office
#     hours: 09:00-17:00            # Monday to Friday; or { monday: 09:00-17:00, ... }
#     holidays: [2026-12-25, { date: 2026-12-26, name: Boxing Day }]

# From where on a practice is met, the gate is passed and a business case is reckoned, where you believe otherwise:
# thresholds:
#   practices:
#     cloud: { changedLines: 300, reviewedShare: 1 }
#   gate: { parties: [sponsor, finance, security] }
#   cases: { rate: 0.08 }

# Reverse proxies whose X-Forwarded-* are believed, so that logins know https and addresses:
# proxies: [loopback]

# Where readers reach this dashboard (below a path, where it has one), and to whom it says once a week what left its normal variation:
# url: https://headway.example
# digests:
#   - { to: slack, webhook: "\${SLACK_WEBHOOK}", scope: team:payments, ageing: true }

# People log in by the company's identity provider (OpenID Connect); who is in none of the groups is not let in:
# login:
#   name: Acme ID
#   issuer: https://id.example/realms/acme
#   clientId: headway
#   clientSecret: \${HEADWAY_LOGIN_SECRET}   # or clientSecretFile
#   scopes: [openid, profile, groups]
#   groups: groups                        # the claim that lists somebody's groups
#   roles: { headway-admins: admin, engineering-leads: lead, engineering: viewer }

# Sources are not asked at link-local addresses and those of clouds' own services, unless listed:
# allowAddresses: [169.254.10.0/24]

# One person with several accounts or addresses, so that nobody reviews their own change
# under another name. These names stay in this file.
people: []
# people:
#   - [ada, ada@example.com, ada-admin]

# Accounts that are programs (bots) or coding agents, besides those that are known:
# regular expressions on logins, names and e-mail addresses.
bots: []
agents: []

# Who wrote and who reviewed is kept as a pseudonym, for so many months.
privacy:
  pseudonymMonths: 13

# What \`headway start\` writes to stderr: text for people, or JSON lines with one for each request.
# log: { format: json, level: info }   # level: debug, info, warn or error
`;
}
