import { useContext } from "preact/hooks";

import { Looking } from "../access/me.ts";
import type { ApiError } from "../api.ts";
import { Go } from "../design/go.tsx";
import { Notice } from "../design/notice.tsx";
import { NBSP, unbroken } from "../format.ts";

interface Props {
  readonly title: string;
  /** What the data says; `null` while it is on its way. */
  readonly sentence: string | null;
  /** Something is still being read for the first time. */
  readonly isPartial?: boolean;
  /** Something else is being asked about. */
  readonly isStale?: boolean;
}

/** Words before widgets: every page opens with one sentence. */
export function Opening({ title, sentence, isPartial = false, isStale = false }: Props) {
  return (
    <div class="opening" aria-busy={isStale}>
      <h1>
        {title}
        {isPartial && " · partial"}
        {isStale && (
          <span class="updating" aria-hidden="true">
            {" · updating …"}
          </span>
        )}
      </h1>
      <p class="lead">{unbroken(sentence ?? NBSP)}</p>
    </div>
  );
}

/** The server answered, but not with what was asked for. */
export function Refused({ title, problem }: { readonly title: string; readonly problem: ApiError }) {
  const me = useContext(Looking);
  // Who may not go to the machine is not sent there.
  const isOperator = me === null || me.kind === "open" || me.role === "admin";
  return (
    <>
      <Opening title={title} sentence="This could not be shown." />
      <Notice level="warning" title={problem.message}>
        <p>
          <Go to="?">Reset the filters</Go>
          {isOperator && (
            <>
              , or look at what <code>headway check</code> says
            </>
          )}
          .
        </p>
      </Notice>
    </>
  );
}
