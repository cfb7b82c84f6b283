/** GitHub's GraphQL API over a world: queries run through graphql-js on the official schema, so an unknown field is an error. */
import { schema as published } from "@octokit/graphql-schema";
import { buildSchema, execute, GraphQLError, parse, TypeInfo, validate, visit, visitWithTypeInfo } from "graphql";
import type { DocumentNode } from "graphql";
import { iso } from "./rest.ts";
import type {
  Account,
  FakeChange,
  FakeCommit,
  FakeDeployment,
  FakeFile,
  FakeIssue,
  FakeRelease,
  FakeRepository,
} from "./world.ts";

// The published text defines two fields twice.
const schema = buildSchema(published.idl, { assumeValidSDL: true });

type Find = (owner: string, name: string) => FakeRepository | undefined;

/** @param lacks fields that this server does not have, such as `PullRequest.files`. */
export async function answer(
  find: Find,
  lacks: ReadonlySet<string>,
  source: string,
  variableValues: Record<string, unknown>,
): Promise<unknown> {
  const document = understood(source);
  const unknown = fieldsOf(document).filter((field) => lacks.has(field));
  if (unknown.length > 0) return { errors: unknown.map(undefinedField) };
  const rootValue = {
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = find(owner, name);
      if (repository !== undefined) return repositoryOf(repository);
      const message = `Could not resolve to a Repository with the name '${owner}/${name}'.`;
      throw new GraphQLError(message, { extensions: { type: "NOT_FOUND" } });
    },
  };
  const { data, errors } = await execute({ schema, document, rootValue, variableValues });
  if (errors === undefined) return { data };
  return { data, errors: errors.map(({ message, path, extensions }) => ({ message, path, type: extensions["type"] })) };
}

const documents = new Map<string, DocumentNode>();

/** Validating against so large a schema takes longer than answering, and the same queries come again. */
function understood(source: string): DocumentNode {
  const known = documents.get(source);
  if (known !== undefined) return known;
  const document = parse(source);
  const [error] = validate(schema, document);
  if (error !== undefined) throw error;
  documents.set(source, document);
  return document;
}

/** All fields that a query names, as `Type.field`. */
function fieldsOf(document: DocumentNode): string[] {
  const info = new TypeInfo(schema);
  const named: string[] = [];
  const enter = () => void named.push(`${info.getParentType()?.name}.${info.getFieldDef()?.name}`);
  visit(document, visitWithTypeInfo(info, { Field: { enter } }));
  return named;
}

/** As GitHub says it. */
function undefinedField(named: string) {
  const [typeName = "", fieldName = ""] = named.split(".");
  const message = `Field '${fieldName}' doesn't exist on type '${typeName}'`;
  return {
    path: ["query", "repository", fieldName],
    extensions: { code: "undefinedField", typeName, fieldName },
    message,
  };
}

interface PageArguments {
  readonly first?: number;
  readonly after?: string | null;
}

/** Cursors are positions, as they are in the worst of GitHub's lists: what comes in before them shifts them. */
function connection<Item, Node>(list: readonly Item[], node: (item: Item) => Node, total = list.length) {
  return ({ first = 0, after = null }: PageArguments) => {
    if (first < 1 || first > 100)
      throw new GraphQLError(`Requesting ${first} records exceeds the \`first\` limit of 100.`);
    const start = after === null ? 0 : Number(after);
    const end = Math.min(start + first, list.length);
    return {
      totalCount: total,
      nodes: list.slice(start, end).map(node),
      pageInfo: { hasNextPage: end < list.length, endCursor: end > start ? String(end) : null },
    };
  };
}

interface Ordered {
  readonly orderBy?: { readonly field: string; readonly direction: "ASC" | "DESC" };
}

function ordered<Item>(
  list: readonly Item[],
  { orderBy }: Ordered,
  keys: Record<string, (item: Item) => number>,
): Item[] {
  const key = keys[orderBy?.field ?? ""] ?? (() => 0);
  const sign = orderBy?.direction === "DESC" ? -1 : 1;
  return list.toSorted((a, b) => sign * (key(a) - key(b)));
}

function repositoryOf(repository: FakeRepository) {
  const { changes, issues, deployments, releases, tags, head } = repository;
  const find = (sha: string) => repository.commits.get(sha);
  return {
    databaseId: repository.id,
    nameWithOwner: repository.fullName,
    url: `https://github.test/${repository.fullName}`,
    isArchived: repository.isArchived,
    archivedAt: repository.archivedAt === null ? null : iso(repository.archivedAt),
    isPrivate: true,
    pushedAt: iso(repository.now),
    defaultBranchRef: head === null ? null : { name: repository.branch, target: commitOf(find(head)) },
    object: ({ oid }: { oid: string }) => {
      const found = find(oid);
      return found === undefined ? null : { ...commitOf(found), associatedPullRequests: changesOf(repository, found) };
    },
    pullRequests: (given: PageArguments & Ordered) => {
      const keys = { CREATED_AT: (one: FakeChange) => one.openedAt, UPDATED_AT: (one: FakeChange) => one.updatedAt };
      return connection(ordered(changes, given, keys), (one) => changeOf(repository, one))(given);
    },
    pullRequest: ({ number }: { number: number }) => {
      const found = changes.find((one) => one.number === number);
      return found === undefined ? null : changeOf(repository, found);
    },
    issues: (given: PageArguments & Ordered & { labels: string[] }) => {
      const labelled = issues.filter(({ labels }) => given.labels.some((label) => labels.includes(label)));
      return connection(ordered(labelled, given, { UPDATED_AT: ({ updatedAt }) => updatedAt }), (issue) =>
        issueOf(repository, issue),
      )(given);
    },
    deployments: (given: PageArguments & Ordered) =>
      connection(ordered(deployments, given, { CREATED_AT: ({ createdAt }) => createdAt }), deploymentOf)(given),
    releases: (given: PageArguments & Ordered) =>
      connection(ordered(releases, given, { CREATED_AT: ({ id }) => id }), (one) => releaseOf(repository, one))(given),
    refs: (given: PageArguments & Ordered) => {
      const dated = ordered([...tags], given, { TAG_COMMIT_DATE: ([, { sha }]) => find(sha)?.committedAt ?? 0 });
      return connection(dated, ([name, { sha, taggedAt }]) => ({
        name,
        target:
          taggedAt === null
            ? commitOf(find(sha))
            : { __typename: "Tag", oid: `tag-${name}`, tagger: { date: iso(taggedAt) }, target: commitOf(find(sha)) },
      }))(given);
    },
  };
}

/** The merged changes that brought a commit, in the repository or in what it is a fork of. */
function changesOf(repository: FakeRepository, { sha }: FakeCommit) {
  const homes = [repository, ...(repository.upstream === null ? [] : [repository.upstream])];
  const brought = homes.flatMap(({ fullName, changes }) =>
    changes
      .filter(({ mergedAt }) => mergedAt !== null)
      .filter(({ mergeCommit, commits }) => mergeCommit === sha || commits.some((one) => one.sha === sha))
      .map(({ number }) => ({ url: `https://github.test/${fullName}/pull/${number}` })),
  );
  return connection(brought, (change) => change);
}

function commitOf(commit: FakeCommit | undefined) {
  if (commit === undefined) return { __typename: "Blob", oid: "0".repeat(40) };
  const { sha, authoredAt, committedAt } = commit;
  return { __typename: "Commit", oid: sha, authoredDate: iso(authoredAt), committedDate: iso(committedAt) };
}

function actorOf(account: Account | null) {
  return account === null ? null : { __typename: account.type, login: account.login };
}

/** GitHub lists at most 250 commits of a change. */
const LISTED = 250;

function changeOf({ fullName, branch, commits }: FakeRepository, change: FakeChange) {
  const { number, title, isDraft, mergedAt, closedAt, mergeCommit } = change;
  return {
    number,
    title,
    isDraft,
    url: `https://github.test/${fullName}/pull/${number}`,
    state: mergedAt === null ? (closedAt === null ? "OPEN" : "CLOSED") : "MERGED",
    createdAt: iso(change.openedAt),
    updatedAt: iso(change.updatedAt),
    mergedAt: mergedAt === null ? null : iso(mergedAt),
    closedAt: closedAt === null ? null : iso(closedAt),
    additions: 3,
    deletions: 1,
    baseRefName: branch,
    headRefName: change.branch,
    author: actorOf(change.author),
    mergeCommit: mergeCommit === null ? null : commitOf(commits.get(mergeCommit)),
    commits: connection(change.commits.slice(0, LISTED), (one) => ({ commit: commitOf(one) }), change.commits.length),
    reviews: connection(change.reviews, ({ state, at, author }) => ({
      databaseId: 1,
      state,
      submittedAt: at === null ? null : iso(at),
      author: actorOf(author),
    })),
    comments: connection(change.comments, ({ at, author }) => ({
      databaseId: 1,
      createdAt: iso(at),
      author: actorOf(author),
    })),
    timelineItems: connection(change.timeline, ({ type, at }) => ({ __typename: type, createdAt: iso(at) })),
    labels: connection(change.labels, (name) => ({ name })),
    closingIssuesReferences: (given: PageArguments) => {
      if (change.closes === "withheld") throw new GraphQLError("Resource not accessible", FORBIDDEN);
      return connection(change.closes, (issue) => issue && { createdAt: iso(issue.openedAt) })(given);
    },
    files: change.files === null ? null : connection(change.files, (file) => ({ path: pathOf(file) })),
  };
}

const FORBIDDEN = { extensions: { type: "FORBIDDEN" } };

/** GraphQL tells only where a file is now. */
function pathOf(file: FakeFile): string {
  return typeof file === "string" ? file : file[1];
}

function issueOf({ fullName }: FakeRepository, issue: FakeIssue) {
  const { number, title, body, reason, openedAt, updatedAt, closedAt } = issue;
  return {
    number,
    title,
    body,
    url: `https://github.test/${fullName}/issues/${number}`,
    createdAt: iso(openedAt),
    updatedAt: iso(updatedAt),
    closedAt: closedAt === null ? null : iso(closedAt),
    stateReason: reason,
    labels: connection(issue.labels, (name) => ({ name })),
  };
}

function deploymentOf({ id, environment, sha, createdAt, creator, statuses }: FakeDeployment) {
  return {
    databaseId: id,
    environment,
    originalEnvironment: environment,
    commitOid: sha,
    createdAt: iso(createdAt),
    creator: actorOf(creator),
    statuses: connection(statuses.toReversed(), ({ state, at }) => ({ state, createdAt: iso(at) })),
  };
}

function releaseOf(repository: FakeRepository, { id, tag, publishedAt, isDraft, isPrerelease }: FakeRelease) {
  const sha = repository.tags.get(tag)?.sha;
  return {
    databaseId: id,
    tagName: tag,
    name: tag,
    url: `https://github.test/${repository.fullName}/releases/tag/${tag}`,
    isDraft,
    isPrerelease,
    publishedAt: publishedAt === null ? null : iso(publishedAt),
    updatedAt: iso(publishedAt ?? repository.now),
    tagCommit: sha === undefined ? null : commitOf(repository.commits.get(sha)),
  };
}
