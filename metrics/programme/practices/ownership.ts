/** It is known whose every part is. */
import type { Part, Practice } from "./practice.ts";
import { USUAL, WHOLE_WEEK } from "./practice.ts";
import { unmeasurable, weekly } from "./readings.ts";

const codeOwners: Part = {
  ...USUAL,
  id: "code-owners",
  condition: () => "The default branch has a CODEOWNERS file.",
  counts: "weeks",
  threshold: WHOLE_WEEK,
  read: ({ told }) => {
    if (told.codeOwners === null) return unmeasurable(NO_FILES);
    const { exists, covered } = told.codeOwners;
    const words = covered === null ? AS_IT_IS : `Its lines name ${Math.round(covered * 100)} % of the files.`;
    return weekly(exists, [], words);
  },
};

/** Of weeks that are over, the files of today say only that nobody took it away since. */
const AS_IT_IS = "As the files are now; since when is not told.";

const NO_FILES =
  "The files of the repository were not listed, or not all of them, so nobody knows whether there is a CODEOWNERS file: the next sync lists them where its host lets it.";

export const ownership: Practice = {
  id: "ownership",
  title: "Ownership",
  why: "Whoever owns a part is asked before it changes, and is there when it fails.",
  source: "https://dora.dev/capabilities/code-maintainability/",
  parts: [codeOwners],
};
