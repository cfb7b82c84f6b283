import { useEffect, useMemo } from "preact/hooks";

import { Go } from "./design/go.tsx";
import { Notice } from "./design/notice.tsx";
import { DEFAULTS, readFilters, sinceNote } from "./filters.ts";
import { usePlace } from "./router.ts";
import { FilterBar } from "./shell/filter-bar.tsx";
import { Header } from "./shell/header.tsx";
import { Simulated } from "./shell/simulated.tsx";
import { ServerGone, SourceTrouble } from "./shell/trouble.tsx";
import { useReply } from "./use-reply.ts";
import { useStatus } from "./use-status.ts";
import { views } from "./views/index.ts";
import type { Annotation } from "./types.ts";
import type { View } from "./views/view.ts";

const NONE: readonly Annotation[] = [];

export function App() {
  const place = usePlace();
  const watch = useStatus();
  const asked = useMemo(() => readFilters(place.search), [place.search]);
  const { time, scope, service } = asked;
  const { reply } = useReply("/api/metrics", time === DEFAULTS.time ? {} : { time }, watch.revision);
  const definitions = useMemo(
    () => (reply === null ? null : new Map(reply.map((metric) => [metric.id, metric]))),
    [reply],
  );
  const scopes = useReply("/api/scopes", {}, watch.revision).reply;
  const noted = useReply(
    "/api/annotations",
    { ...(scope !== null && { scope }), ...(service !== null && { service }) },
    watch.revision,
  );
  const annotations = noted.reply ?? (noted.problem === null ? null : NONE);
  const filters = useMemo(() => sinceNote(asked, annotations), [asked, annotations]);
  const isUnknown = asked.since !== null && filters.since === null && asked.from === null;
  const view = views.find(({ path }) => path === place.path);

  const hasSomething = watch.status === null || watch.status.services.length > 0;

  useEffect(() => {
    document.title = `${view?.title ?? "Not found"} · Headway`;
    // The browser keeps each measure until it is told not to: a page on a wall would grow without an end.
    performance.clearMeasures("chart");
  }, [view]);

  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Simulated status={watch.status} />
      <Header place={place} filters={filters} status={watch.status} />
      <main id="main" class="page" tabIndex={-1}>
        {view?.hasFilters === true && hasSomething && (
          <FilterBar
            view={view}
            search={place.search}
            filters={filters}
            status={watch.status}
            scopes={scopes}
            annotations={annotations ?? NONE}
          />
        )}
        {isUnknown && (
          <Notice level="info" title="The note since which you want to look is not there, so the usual time is shown.">
            <p>It was put back, or is not about what is looked at. The Data page lists all notes.</p>
          </Notice>
        )}
        {watch.problem !== null && <ServerGone status={watch.status} />}
        {watch.status !== null && view?.hasFilters !== false && <SourceTrouble status={watch.status} />}
        {view === undefined ? (
          <NotFound path={place.path} />
        ) : (
          <Shown
            view={view}
            page={{ filters, search: place.search, watch, definitions, scopes, annotations: annotations ?? NONE }}
          />
        )}
      </main>
    </>
  );
}

function Shown({ view, page }: { readonly view: View; readonly page: Parameters<View["render"]>[0] }) {
  const Render = view.render;
  return <Render key={view.path} {...page} />;
}

function NotFound({ path }: { readonly path: string }) {
  return (
    <section class="opening">
      <h1>Not found</h1>
      <p class="lead">There is no page called “{path}”.</p>
      <p>
        Perhaps the link is from another version. <Go to="./">Go to the overview</Go>.
      </p>
    </section>
  );
}
