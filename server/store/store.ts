/** The database behind one door: a single writer, a few readers, errors in words. */
import type { Batch, Notice } from "#collectors/collector.ts";
import type { Told } from "#collectors/push/sayings.ts";
import type { Change, Deployment, Layout } from "#metrics/events.ts";
import type { History } from "#metrics/history.ts";
import type { Passage } from "#metrics/flow/work.ts";
import type { FactOf, ListName } from "#metrics/lists.ts";
import { PUSH } from "#metrics/pushed.ts";
import type { Known, Recent } from "#metrics/recent.ts";
import type { Ids } from "#metrics/settled.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { translate } from "./errors.ts";
import { readEvents, readTold, saveBatch } from "./events.ts";
import { readLayouts } from "./layouts.ts";
import type { PushedNames, PushedService, Reception } from "./pushes.ts";
import { hasPushedBeside, historyOf, joinPushed, previewPushes, readPushedServices, savePushes } from "./pushes.ts";
import { addMember, findMember, hasMembers, readMembers, turnMember } from "./members.ts";
import type { Member, Turned } from "./members.ts";
import { followProvider } from "./provided.ts";
import { readInstallation } from "./installation.ts";
import type { SessionOf } from "./sessions.ts";
import { beginSession, endSession, findSession, leaveSession, readSessions, useSession } from "./sessions.ts";
import type { AuditEntry } from "./audit.ts";
import { auditPage, readAudit, recordSettings, settingsAt } from "./audit.ts";
import type { Share } from "./shares.ts";
import { addShare, endShare, findShare, readShares, useShare } from "./shares.ts";
import type { TokenRecord } from "./tokens.ts";
import { takeDelivery } from "./deliveries.ts";
import { addToken, findToken, readTokens, revokeToken, useToken } from "./tokens.ts";
import type { ExportKind } from "./export.ts";
import { exportPages } from "./export.ts";
import { addNotes, newNotes } from "./digests.ts";
import { addProgramme, readProgramme } from "./programme.ts";
import type { ProgrammeVersion } from "./programme.ts";
import { addReview, addTeamAssessment, readReviews, readTeamAssessments } from "./reviews.ts";
import type { ReviewRow, TeamAssessmentRow } from "./reviews.ts";
import { addActuals, readActuals } from "./actuals.ts";
import type { StoredActual } from "./actuals.ts";
import { addSavingRecord, readSavingRecords, withdrawSavingRecord } from "./saving-records.ts";
import type { SavingRecordRow } from "./saving-records.ts";
import { addFunding, addLedgerLine, addTransition, readLedger } from "./savings.ts";
import type { Ledger } from "./savings.ts";
import { addSeals, readSeals } from "./seals.ts";
import { addStatement, readStatements } from "./statements.ts";
import type { StoredStatement } from "./statements.ts";
import { addExperiment, readExperiments, withdrawExperiment } from "./experiments.ts";
import type { ExperimentEntry, Withdrawal } from "./experiments.ts";
import type { JournalEntry, Versions } from "./judgements.ts";
import type { BaselineRow } from "./baselines.ts";
import { addBaseline, baselinesVersion, readBaselines, withdrawBaseline } from "./baselines.ts";
import {
  addJudgement,
  changesLabelled,
  findSubject,
  readJournal,
  readLabels,
  readVersions,
  reverseJudgement,
} from "./judgements.ts";
import type { Place } from "./fact-rows.ts";
import { readVersion } from "./facts-version.ts";
import type { Derived } from "./difference.ts";
import type { Rewrite } from "./facts.ts";
import type { FactOf as FoundFact } from "./finding.ts";
import { carriedBy, changeOfCommit, deploymentsAround, findFact, incidentsOf, searchFacts } from "./finding.ts";
import type { ListQuestion } from "./listing.ts";
import { listChanges, listDeployments, listIncidents } from "./listing.ts";
import { extentOf, readList, saveFacts, saveRewrite } from "./facts.ts";
import type { Holder } from "./leases.ts";
import { releaseLease, takeLease } from "./leases.ts";
import { follow, forgetNews, readNews } from "./news.ts";
import { answer, readRecent } from "./recent.ts";
import { readOpened, readPassages, readTitles } from "./passages.ts";
import { patiently } from "./patiently.ts";
import { openAs, openWriter } from "./opening.ts";
import type { Schema } from "./schema.ts";
import type { KeptList, KeptSegment, Month, Touched } from "./segments.ts";
import { keepSegments, readSegments, readTouched } from "./segments.ts";
import type { Stretch } from "./stretches.ts";
import { keepStretches, readStretches } from "./stretches.ts";
import { isServer } from "./place.ts";
import type { ServerState } from "./server-state.ts";
import { readServerState } from "./server-state.ts";
import { bytesOf } from "./backup.ts";
import { Shared } from "./shared.ts";
import { readChange, readGround, readStamp } from "./stamp.ts";
import type { ServiceRecord, SourceRecord } from "./sources.ts";
import { finishSync, openSource, readServices, readSources } from "./sources.ts";
import type { RepositoryRecord, WantedService } from "./services.ts";
import { closeService, openService, readRepositories, settleServices } from "./services.ts";
import type { Summaries } from "./summary.ts";
import { keepSummaries, readSummaries } from "./summary.ts";
import type { SyncEntry, SyncResult } from "./sync-log.ts";
import { beginSync, endSync, readSyncs } from "./sync-log.ts";
import { forgetPeople, namesPeople } from "./retention.ts";
import { Unchanged } from "./unchanged.ts";
import type { Tell } from "./upgrade.ts";

/** What a function of the store takes beside the database. */
type Tail<F> = F extends (db: Kysely<Schema>, ...rest: infer Rest) => unknown ? Rest : never;

export class Store {
  /** Where the database is: a file, or the address of a server, with its password. */
  readonly path: string;
  readonly #writer: Kysely<Schema>;
  readonly #reader: Kysely<Schema>;
  /** One connection that only looks whether anything is new, so that nobody waits behind those who read much. */
  readonly #watcher: Kysely<Schema>;
  /** Asked with every request. */
  readonly #membership = new Shared(async () => hasMembers(this.#watcher));
  /** Asked with almost every answer, and thousands where there are many. */
  readonly #services = new Unchanged<readonly ServiceRecord[]>(async () => this.change());
  readonly #background = new Set<Promise<void>>();
  #name: Promise<string> | null = null;

  private constructor(path: string, writer: Kysely<Schema>) {
    this.path = path;
    this.#writer = writer;
    this.#reader = openAs(path, "reader");
    this.#watcher = openAs(path, "watcher");
  }

  /**
   * Opens the database at a path, making its folder and bringing its tables up to date.
   *
   * @param tell hears where a database that is upgraded lies as it was before.
   * @throws StoreError when it cannot be written, is damaged, or was made by a newer Headway.
   */
  static async open(path: string, tell: Tell = () => undefined): Promise<Store> {
    return new Store(path, await patiently(() => openWriter(path, tell)));
  }

  async close(): Promise<void> {
    await Promise.all(this.#background);
    await this.#watcher.destroy();
    await this.#reader.destroy();
    await this.#writer.destroy();
  }

  async openSource(source: { key: string; name: string; host: string }): Promise<SourceRecord> {
    return this.#try(openSource(this.#writer, source));
  }

  async sources(keys: readonly string[]): Promise<readonly SourceRecord[]> {
    return this.#try(readSources(this.#reader, keys));
  }

  /** Stores a batch and its bookmark in one transaction. @returns how many events changed. */
  async save(sourceId: number, batch: Batch, now: Instant): Promise<number> {
    return this.#try(saveBatch(this.#writer, sourceId, batch, now));
  }

  async finishSync(
    sourceId: number,
    outcome: { syncedAt: Instant; notices: readonly Notice[] } | { error: string },
  ): Promise<void> {
    return this.#try(finishSync(this.#writer, sourceId, outcome));
  }

  /** A line of the sync log begins. @returns its number. */
  async beginSync(sourceId: number, startedAt: Instant): Promise<number> {
    return this.#try(beginSync(this.#writer, sourceId, startedAt));
  }

  async endSync(entry: number, result: SyncResult): Promise<void> {
    return this.#try(endSync(this.#writer, entry, result));
  }

  async syncs(sources: readonly string[], limit: number): Promise<readonly SyncEntry[]> {
    return this.#try(readSyncs(this.#reader, sources, limit));
  }

  /** Takes the pseudonyms out of events that were over before an instant. @returns how many events that was. */
  async forgetPeople(before: Instant): Promise<number> {
    return this.#try(forgetPeople(this.#writer, before));
  }

  async services(sources: readonly string[]): Promise<readonly ServiceRecord[]> {
    return this.#services.of(JSON.stringify(sources), async () => this.#try(readServices(this.#reader, sources)));
  }

  async repositories(sources: readonly string[]): Promise<readonly RepositoryRecord[]> {
    return this.#try(readRepositories(this.#reader, sources));
  }

  /** Makes the services of these sources those that are wanted; the facts of others are forgotten. */
  async settleServices(sources: readonly string[], wanted: readonly WantedService[]): Promise<void> {
    return this.#try(settleServices(this.#writer, sources, wanted));
  }

  /** All that a source tells of a repository; `null` before it was first collected. */
  async history(record: RepositoryRecord): Promise<History | null> {
    return this.#try(historyOf(this.#reader, record));
  }

  /** What the files of repositories tell. */
  async layouts(records: readonly RepositoryRecord[]): Promise<readonly Layout[]> {
    return this.#try(readLayouts(this.#reader, records));
  }

  /** What a source tells of a repository that no fact keeps; nothing of what was pushed. */
  async told({ sourceId, source, repository }: RepositoryRecord): ReturnType<typeof readTold> {
    return this.#try(readTold(this.#reader, sourceId, source, repository));
  }

  /** What a source tells of the changes of a repository. */
  async changeEvents({ sourceId, source, repository }: RepositoryRecord): Promise<readonly Change[]> {
    const identity = { source, repository };
    return this.#try(readEvents<Change>(this.#reader, sourceId, identity, "change"));
  }

  /** What a source tells of the deployments of a repository; none of what was pushed, which has no deployer. */
  async deploymentEvents({ sourceId, source, repository }: RepositoryRecord): Promise<readonly Deployment[]> {
    const identity = { source, repository };
    return this.#try(readEvents<Deployment>(this.#reader, sourceId, identity, "deployment"));
  }

  /** A history with what was pushed for its service under these names. */
  async withPushed(history: History, names: PushedNames): Promise<History> {
    return this.#try(joinPushed(this.#reader, history, names));
  }

  async hasPushedBeside(name: string, labels: readonly string[]): Promise<boolean> {
    return this.#try(hasPushedBeside(this.#reader, name, labels));
  }

  /** Stores what was pushed. */
  async push(messages: readonly Told[], now: Instant): Promise<readonly Reception[]> {
    return this.#try(savePushes(this.#writer, messages, now));
  }

  /** What pushing it would do. */
  async previewPush(messages: readonly Told[]): Promise<readonly Reception[]> {
    return this.#try(previewPushes(this.#reader, messages));
  }

  async pushedServices(): Promise<readonly PushedService[]> {
    return this.#try(readPushedServices(this.#reader));
  }

  /** Makes known a service that nobody but those who push know. */
  async openPushedService(name: string): Promise<void> {
    const { id } = await this.openSource({ key: PUSH, name: PUSH, host: PUSH });
    await this.#try(openService(this.#writer, { source_id: id, repository: name, name }));
  }

  async closeService(serviceId: number): Promise<void> {
    return this.#try(closeService(this.#writer, serviceId));
  }

  async addToken(token: Parameters<typeof addToken>[1]): Promise<boolean> {
    return this.#try(addToken(this.#writer, token));
  }

  async tokens(): Promise<readonly TokenRecord[]> {
    return this.#try(readTokens(this.#reader));
  }

  async revokeToken(...[name, deed]: Tail<typeof revokeToken>): Promise<boolean> {
    return this.#try(revokeToken(this.#writer, name, deed));
  }

  async findToken(hash: string): Promise<TokenRecord | null> {
    return this.#try(findToken(this.#reader, hash));
  }

  /** @returns whether a webhook came for the first time. */
  async takeDelivery(...[hash, now]: Tail<typeof takeDelivery>): Promise<boolean> {
    return this.#try(takeDelivery(this.#writer, hash, now));
  }

  async useToken(token: TokenRecord, now: Instant): Promise<void> {
    return this.#try(useToken(this.#writer, token, now));
  }

  /** Whether any event says by whom it was, by a pseudonym. */
  async namesPeople(): Promise<boolean> {
    return this.#try(namesPeople(this.#reader));
  }

  /** Whether anybody can log in: then a login is asked for. */
  async hasMembers(): Promise<boolean> {
    return this.#try(this.#membership.look());
  }

  async members(): Promise<readonly Member[]> {
    return this.#try(readMembers(this.#reader));
  }

  async findMember(by: Parameters<typeof findMember>[1]): Promise<Member | null> {
    return this.#try(findMember(this.#reader, by));
  }

  async addMember(...[member, deed]: Tail<typeof addMember>): Promise<Member | null> {
    return this.#try(addMember(this.#writer, member, deed));
  }

  /** Somebody whom an identity provider let in. @returns `null` where somebody else has their name. */
  async followProvider(...[provided, deed]: Tail<typeof followProvider>): Promise<Member | null> {
    return this.#try(followProvider(this.#writer, provided, deed));
  }

  /** By what this installation is told from others on its host; always the same. */
  async installationName(): Promise<string> {
    this.#name ??= this.#try(readInstallation(this.#watcher));
    return this.#name;
  }

  async turnMember(...[name, turn, how]: Tail<typeof turnMember>): Promise<Turned> {
    return this.#try(turnMember(this.#writer, name, turn, how));
  }

  async beginSession(session: Parameters<typeof beginSession>[1]): Promise<void> {
    return this.#try(beginSession(this.#writer, session));
  }

  async findSession(hash: string) {
    return this.#try(findSession(this.#reader, hash));
  }

  /** In the background: a reader does not wait for a sync that writes. */
  useSession(...[session, now]: Tail<typeof useSession>): void {
    this.#inBackground(useSession(this.#writer, session, now));
  }

  async sessions(memberId: number | null): Promise<readonly SessionOf[]> {
    return this.#try(readSessions(this.#reader, memberId));
  }

  async leaveSession(hash: string): Promise<void> {
    return this.#try(leaveSession(this.#writer, hash));
  }

  async endSession(...[which, deed]: Tail<typeof endSession>): Promise<boolean> {
    return this.#try(endSession(this.#writer, which, deed));
  }

  async addShare(...[share, deed]: Tail<typeof addShare>): Promise<number> {
    return this.#try(addShare(this.#writer, share, deed));
  }

  async shares(madeBy: string | null): Promise<readonly Share[]> {
    return this.#try(readShares(this.#reader, madeBy));
  }

  async findShare(hash: string): Promise<Share | null> {
    return this.#try(findShare(this.#reader, hash));
  }

  /** In the background, as with sessions. */
  useShare(...[share, now]: Tail<typeof useShare>): void {
    this.#inBackground(useShare(this.#writer, share, now));
  }

  async endShare(...[which, deed]: Tail<typeof endShare>): Promise<boolean> {
    return this.#try(endShare(this.#writer, which, deed));
  }

  /** Who changed what. */
  async audit(...[asked]: Tail<typeof readAudit>) {
    return this.#try(readAudit(this.#reader, asked));
  }

  async auditPage(...[asked]: Tail<typeof auditPage>): Promise<readonly AuditEntry[]> {
    return this.#try(auditPage(this.#reader, asked));
  }

  async recordSettings(...[parts, deed]: Tail<typeof recordSettings>): Promise<void> {
    return this.#try(recordSettings(this.#writer, parts, deed));
  }

  async settingsAt(at: Instant | null): Promise<ReadonlyMap<string, string>> {
    return this.#try(settingsAt(this.#reader, at));
  }

  /** By source, the repositories of which something is newer than their facts. */
  async news(): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
    return this.#try(readNews(this.#reader));
  }

  /** From now on what changes is news for these services. */
  async follow(services: readonly number[]): Promise<void> {
    return this.#try(follow(this.#writer, services));
  }

  async forgetNews(upTo: Parameters<typeof forgetNews>[1], repositories: readonly string[]): Promise<void> {
    return this.#try(forgetNews(this.#writer, upTo, repositories));
  }

  /** In one transaction. @returns the services of which a fact changed. */
  async saveFacts(derived: readonly Derived[]): Promise<ReadonlySet<number>> {
    return this.#try(saveFacts(this.#writer, derived));
  }

  /** What another thread found is to be written. @returns the services of which a fact changed; `null` where it no longer holds. */
  async saveRewrite(rewrite: Rewrite): Promise<ReadonlySet<number> | null> {
    return this.#try(saveRewrite(this.#writer, rewrite));
  }

  /** By service: the recent part of its history, where not all of it is to be read. */
  async recent(services: readonly ServiceRecord[]): Promise<ReadonlyMap<number, Recent>> {
    return this.#try(readRecent(this.#reader, services));
  }

  /** By service: what its facts know of that which is asked. */
  async known(asked: ReadonlyMap<number, Ids>): Promise<ReadonlyMap<number, Known>> {
    return this.#try(answer(this.#reader, asked));
  }

  /** Grows whenever a fact changes. */
  async factsVersion(): Promise<number> {
    return this.#try(readVersion(this.#reader));
  }

  /** What a server says of itself; `null` of a file. */
  async server(): Promise<ServerState | null> {
    return isServer(this.path) ? this.#try(readServerState(this.#reader)) : null;
  }

  /** How large it is, with what waits beside it. */
  async bytes(): Promise<number> {
    return (await this.server())?.bytes ?? bytesOf(this.path);
  }

  /** Another one whenever anything in the database changed, whatever it is. */
  async change(): Promise<string> {
    return this.#try(readChange(this.#watcher));
  }

  /** Another one whenever answers may be others. */
  async stamp(sources: readonly string[]): Promise<string> {
    return this.#try(readStamp(this.#watcher, sources));
  }

  /** The same as `stamp`, but for reviews. */
  async ground(sources: readonly string[]): Promise<string> {
    return this.#try(readGround(this.#watcher, sources));
  }

  /** Facts of a list whose instant lies in a window, in its order. */
  async facts<L extends ListName>(list: L, place: Place, window: Window): Promise<readonly FactOf<L>[]> {
    return this.#try(readList(this.#reader, list, place, window));
  }

  /** Those at some instants, in the same order. */
  async factsAt<L extends ListName>(
    list: L,
    place: Place,
    instants: readonly Instant[],
  ): Promise<readonly FactOf<L>[]> {
    return this.#try(readList(this.#reader, list, place, instants));
  }

  /** Changes on their way. */
  async passages(places: readonly Place[], asked: Parameters<typeof readPassages>[2]): Promise<readonly Passage[]> {
    return this.#try(readPassages(this.#reader, places, asked));
  }

  async openedPassages(places: readonly Place[], window: Window): Promise<readonly Passage[]> {
    return this.#try(readOpened(this.#reader, places, window));
  }

  async titles(serviceId: number, changes: readonly string[]) {
    return this.#try(readTitles(this.#reader, serviceId, changes));
  }

  async extent(list: ListName, services: readonly number[]): Promise<Window | null> {
    return this.#try(extentOf(this.#reader, list, services));
  }

  async segments(list: KeptList, services: readonly number[], from: Month, to: Month): Promise<readonly KeptSegment[]> {
    return this.#try(readSegments(this.#reader, list, services, from, to));
  }

  /** In the background: nobody waits for it, and where it fails they are made again when somebody asks. */
  keepSegments(list: KeptList, made: readonly KeptSegment[], version: number): void {
    this.#inBackground(keepSegments(this.#writer, list, made, version));
  }

  async stretches(...asked: Tail<typeof readStretches>): Promise<readonly Stretch[]> {
    return this.#try(readStretches(this.#reader, ...asked));
  }

  /** In the background, as segments are. */
  keepStretches(...made: Tail<typeof keepStretches>): void {
    this.#inBackground(keepStretches(this.#writer, ...made));
  }

  /** What was touched after a version of the facts. */
  async touched(version: number): Promise<readonly Touched[]> {
    return this.#try(readTouched(this.#reader, version));
  }

  #inBackground(work: Promise<void>): void {
    const settled = work.catch(() => undefined).finally(() => this.#background.delete(settled));
    this.#background.add(settled);
  }

  async journal(): Promise<readonly JournalEntry[]> {
    return this.#try(readJournal(this.#reader));
  }

  /** Of what people decided, and of what it was decided on. */
  async versions(): Promise<Versions> {
    return this.#try(readVersions(this.#reader));
  }

  async addJudgement(judgement: Parameters<typeof addJudgement>[1]) {
    return this.#try(addJudgement(this.#writer, judgement));
  }

  async reverseJudgement(id: number, reversal: Parameters<typeof reverseJudgement>[2]) {
    return this.#try(reverseJudgement(this.#writer, id, reversal));
  }

  /** Of some notes of a digest those that are not there yet. */
  async newNotes(digest: string, notes: readonly string[]): Promise<readonly string[]> {
    return this.#try(newNotes(this.#reader, digest, notes));
  }

  async addNotes(digest: string, notes: readonly string[], at: Instant): Promise<void> {
    return this.#try(addNotes(this.#writer, digest, notes, at));
  }

  async experiments(): Promise<readonly ExperimentEntry[]> {
    return this.#try(readExperiments(this.#reader));
  }

  async addExperiment(experiment: Parameters<typeof addExperiment>[1]): Promise<number> {
    return this.#try(addExperiment(this.#writer, experiment));
  }

  async withdrawExperiment(id: number, withdrawal: Withdrawal): Promise<boolean> {
    return this.#try(withdrawExperiment(this.#writer, id, withdrawal));
  }

  /** Versions of the programme, newest first. @param most how many. */
  async programme(most = 1): Promise<readonly ProgrammeVersion[]> {
    return this.#try(readProgramme(this.#reader, most));
  }

  async addProgramme(...version: Tail<typeof addProgramme>): Promise<boolean> {
    return this.#try(addProgramme(this.#writer, ...version));
  }

  /** Oldest first. */
  async reviews(): Promise<readonly ReviewRow[]> {
    return this.#try(readReviews(this.#reader));
  }

  async addReview(...review: Tail<typeof addReview>): Promise<number | null> {
    return this.#try(addReview(this.#writer, ...review));
  }

  /** Oldest first. */
  async teamAssessments(): Promise<readonly TeamAssessmentRow[]> {
    return this.#try(readTeamAssessments(this.#reader));
  }

  async addTeamAssessment(assessment: Parameters<typeof addTeamAssessment>[1]): Promise<void> {
    return this.#try(addTeamAssessment(this.#writer, assessment));
  }

  /** Oldest first. @param name only this one. */
  async savingRecords(name: string | null = null): Promise<readonly SavingRecordRow[]> {
    return this.#try(readSavingRecords(this.#reader, name));
  }

  async addSavingRecord(...[frozen]: Tail<typeof addSavingRecord>): Promise<boolean> {
    return this.#try(addSavingRecord(this.#writer, frozen));
  }

  async withdrawSavingRecord(...[frozen, withdrawal]: Tail<typeof withdrawSavingRecord>): Promise<boolean> {
    return this.#try(withdrawSavingRecord(this.#writer, frozen, withdrawal));
  }

  async ledger(): Promise<Ledger> {
    return this.#try(readLedger(this.#reader));
  }

  async addLedgerLine(...[line]: Tail<typeof addLedgerLine>): Promise<number> {
    return this.#try(addLedgerLine(this.#writer, line));
  }

  async addTransition(...step: Tail<typeof addTransition>): Promise<boolean> {
    return this.#try(addTransition(this.#writer, ...step));
  }

  async addFunding(...funding: Tail<typeof addFunding>): Promise<boolean> {
    return this.#try(addFunding(this.#writer, ...funding));
  }

  /** Every version, oldest first. */
  async actuals(): Promise<readonly StoredActual[]> {
    return this.#try(readActuals(this.#reader));
  }

  async addActuals(...[rows, signed]: Tail<typeof addActuals>): Promise<boolean> {
    return this.#try(addActuals(this.#writer, rows, signed));
  }

  /** Salts, by what is hashed with them. */
  async seals(): Promise<ReadonlyMap<string, string>> {
    return this.#try(readSeals(this.#reader));
  }

  async addSeals(...[salts]: Tail<typeof addSeals>): Promise<void> {
    return this.#try(addSeals(this.#writer, salts));
  }

  async statements(): Promise<readonly StoredStatement[]> {
    return this.#try(readStatements(this.#reader));
  }

  async addStatement(...[statement]: Tail<typeof addStatement>): Promise<boolean> {
    return this.#try(addStatement(this.#writer, statement));
  }

  /** Oldest first. @param name only this one. */
  async baselines(name: string | null = null): Promise<readonly BaselineRow[]> {
    return this.#try(readBaselines(this.#reader, name));
  }

  /** Grows with every baseline and every withdrawal. */
  async baselinesVersion(): Promise<number> {
    return this.#try(baselinesVersion(this.#reader));
  }

  async addBaseline(baseline: Parameters<typeof addBaseline>[1]): Promise<boolean> {
    return this.#try(addBaseline(this.#writer, baseline));
  }

  async withdrawBaseline(id: number, withdrawal: Parameters<typeof withdrawBaseline>[2]): Promise<boolean> {
    return this.#try(withdrawBaseline(this.#writer, id, withdrawal));
  }

  async changesLabelled(...asked: Tail<typeof changesLabelled>) {
    return this.#try(changesLabelled(this.#reader, ...asked));
  }

  async labels(): Promise<readonly string[]> {
    return this.#try(readLabels(this.#reader));
  }

  async findSubject(serviceId: number, kind: "change" | "deployment", subject: string) {
    return this.#try(findSubject(this.#reader, serviceId, kind, subject));
  }

  async listChanges(question: ListQuestion) {
    return this.#try(listChanges(this.#reader, question));
  }

  async listDeployments(question: ListQuestion) {
    return this.#try(listDeployments(this.#reader, question));
  }

  async listIncidents(question: ListQuestion) {
    return this.#try(listIncidents(this.#reader, question));
  }

  async find<K extends keyof FoundFact>(kind: K, places: readonly Place[], id: string): Promise<FoundFact[K] | null> {
    return this.#try(findFact(this.#reader, kind, places, id));
  }

  async carriedBy(place: Place, deployment: string) {
    return this.#try(carriedBy(this.#reader, place, deployment));
  }

  async incidentsOf(place: Place, deployment: string) {
    return this.#try(incidentsOf(this.#reader, place, deployment));
  }

  async deploymentsAround(place: Place, at: Instant) {
    return this.#try(deploymentsAround(this.#reader, place, at));
  }

  async changeOfCommit(place: Place, sha: string) {
    return this.#try(changeOfCommit(this.#reader, place, sha));
  }

  async search(places: readonly Place[], text: string, limit: number) {
    return this.#try(searchFacts(this.#reader, places, text, limit));
  }

  /** What each service has at a glance. */
  async summaries(services: readonly ServiceRecord[]): Promise<Summaries> {
    const { all, made } = await this.#try(readSummaries(this.#reader, services));
    // Of derived facts only: what was never derived may still be collected.
    const derived = new Map([...made].filter(([service]) => service.derived > 0));
    if (derived.size > 0) this.#inBackground(keepSummaries(this.#writer, derived));
    return all;
  }

  exportPages<K extends ExportKind>(kind: K, places: readonly Place[], window: Window | null) {
    return exportPages(this.#reader, kind, places, window);
  }

  async takeLease(name: string, mine: Holder, now: Instant, isAlive: (pid: number) => boolean): Promise<Holder | null> {
    return this.#try(takeLease(this.#writer, name, mine, now, isAlive));
  }

  async releaseLease(name: string, mine: Holder): Promise<void> {
    return this.#try(releaseLease(this.#writer, name, mine));
  }

  async #try<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw translate(error, this.path);
    }
  }
}
