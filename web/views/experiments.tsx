import { useState } from "preact/hooks";

import { Skeleton } from "../design/skeleton.tsx";
import { Library } from "../experiments/library.tsx";
import { SetExperiment } from "../experiments/set-experiment.tsx";
import { experimentsWords } from "../experiments/words.ts";
import { Nothing, nothingYet } from "../overview/nothing.tsx";
import { Opening, Refused } from "../shell/opening.tsx";
import { useReply } from "../use-reply.ts";
import type { Page, View } from "./view.ts";

export const experiments: View = {
  path: "experiments",
  title: "Experiments",
  isInMenu: true,
  hasFilters: false,
  hasSeries: false,
  render: Experiments,
};

/** What teams try, said before it starts, and what came of it. */
function Experiments({ filters, watch: { status, revision }, definitions, scopes }: Page) {
  const [times, again] = useState(0);
  const [words, search] = useState("");
  const { reply, problem } = useReply("/api/experiments", words === "" ? {} : { q: words }, revision + times);
  const reason = status && nothingYet(status);
  const onDone = (): void => again((before) => before + 1);

  if (reason) return <Nothing reason={reason} title="Experiments" status={status} />;
  if (problem?.reason === "refused") return <Refused title="Experiments" problem={problem} />;
  if (reply === null || definitions === null || status === null)
    return (
      <>
        <Opening title="Experiments" sentence={null} />
        <Skeleton label="Loading what was tried" kind="row" count={6} />
      </>
    );
  return (
    <>
      <Opening title="Experiments" sentence={experimentsWords(reply, words)} />
      <div class="stack">
        <SetExperiment filters={filters} definitions={definitions} scopes={scopes} onDone={onDone} />
        <Library found={reply} definitions={definitions} words={words} onSearch={search} onDone={onDone} />
      </div>
    </>
  );
}
