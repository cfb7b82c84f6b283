/** Which forms there are for things of a programme, each in the order in which people think. */
import { BUCKETS, COST_KINDS } from "./assumed-words.ts";
import type { Choice, Field, List, Part } from "./field.ts";
import { ELEMENT_WORDS, ELEMENTS } from "./field.ts";
import { INITIATIVE } from "./initiative-form.ts";

const OWNER: Field = {
  name: "owner",
  label: "Owner",
  kind: "text",
  hint: "A role or a team, which outlives the people in it.",
};
const ELEMENT_CHOICES: readonly Choice[] = ELEMENTS.map((value) => ({ value, words: ELEMENT_WORDS[value] }));

/** A form of a single part. */
const plain = (...fields: readonly Field[]): readonly Part[] => [{ title: null, fields }];

const SYSTEM: readonly Part[] = [
  {
    title: null,
    fields: [
      { name: "name", label: "Name", kind: "text", hint: "As people call it. It needs no repository." },
      { name: "element", label: "What it mainly is", kind: "choice", choices: ELEMENT_CHOICES, isOptional: true },
      { ...OWNER, isOptional: true },
    ],
  },
  {
    title: "When it can change, and what it needs",
    words: "So that waits for a system without a repository are seen as well.",
    isLater: true,
    fields: [
      { name: "vendor", label: "Vendor", kind: "text", isOptional: true, hint: "Empty: your own." },
      {
        name: "releases",
        label: "When it can change",
        kind: "text",
        isOptional: true,
        hint: "Such as second Saturday of the month, or every Tuesday: changes that wait for such a day are seen. Empty: at any time, or nobody knows.",
      },
      {
        name: "technology",
        label: "IT, or OT that moves machines",
        kind: "choice",
        choices: [
          { value: "it", words: "IT" },
          { value: "ot", words: "OT" },
        ],
      },
      { name: "needs", label: "Cannot work without", kind: "many", choices: "systems" },
    ],
  },
];

const ASSESSMENT: readonly Part[] = plain(
  { name: "system", label: "System", kind: "choice", choices: "systems" },
  { name: "element", label: "Element", kind: "choice", choices: ELEMENT_CHOICES },
  {
    name: "gap",
    label: "Does it stand in the way?",
    kind: "choice",
    choices: [
      { value: "none", words: "none: it does not" },
      { value: "hinders", words: "hinders: it takes longer, or costs more" },
      { value: "blocks", words: "blocks: it cannot be done" },
    ],
  },
  {
    name: "confidence",
    label: "How sure are you?",
    kind: "choice",
    choices: [
      { value: "low", words: "low: somebody's impression" },
      { value: "medium", words: "medium: those who work on it say so" },
      { value: "high", words: "high: it was seen or measured" },
    ],
  },
  {
    name: "evidence",
    label: "What shows it",
    kind: "long",
    hint: "What happened, how often, who said so. Where nothing stands in the way it may stay empty.",
    isOptional: ({ gap }) => gap === "none",
  },
  { name: "day", label: "Looked at on", kind: "day" },
);

const USE_CASE: readonly Part[] = [
  {
    title: null,
    fields: [
      { name: "title", label: "Title", kind: "text", hint: "What the business can do then, such as Instant payments." },
      OWNER,
      { name: "by", label: "By the year", kind: "text", hint: "In which it should be there." },
    ],
  },
  {
    title: "What it is worth",
    words: "In a year, once it is there: a range is honest where nobody knows.",
    fields: [
      { name: "value.low", label: "Worth a year, at least", kind: "number" },
      { name: "value.likely", label: "… likely", kind: "number" },
      { name: "value.high", label: "… at most", kind: "number" },
    ],
  },
  {
    title: "What it needs",
    words: "What stands in the way there stands in the way of this use case.",
    fields: [
      { name: "elements", label: "Elements it needs", kind: "many", choices: ELEMENT_CHOICES },
      { name: "systems", label: "Systems it needs (none: all)", kind: "many", choices: "systems" },
    ],
  },
  {
    title: "Which services deliver it",
    words: "Progress, gate and waits can then be read for this use case alone.",
    isLater: true,
    fields: [{ name: "services", label: "Services that deliver it", kind: "many", choices: "services" }],
  },
];

const WAVE: readonly Part[] = [
  {
    title: null,
    fields: [
      { name: "title", label: "Title", kind: "text" },
      {
        name: "from",
        label: "Begins on",
        kind: "day",
        hint: "A line on every chart, and the day that effects are counted from.",
      },
      { name: "teams", label: "Teams", kind: "many", choices: "teams" },
    ],
  },
  {
    title: "For what, and which practices",
    isLater: true,
    fields: [
      { name: "useCase", label: "For the use case", kind: "choice", choices: "useCases", isOptional: true },
      { name: "practices", label: "Practices it adopts (none: all)", kind: "many", choices: "practices" },
      { name: "services", label: "Services beside those of the teams", kind: "many", choices: "services" },
    ],
  },
];

const MILESTONE: readonly Part[] = [
  {
    title: null,
    fields: [
      { name: "title", label: "Title", kind: "text" },
      OWNER,
      { name: "metric", label: "Metric", kind: "choice", choices: "metrics", hint: "Its status is computed from it." },
      { name: "target", label: "To", kind: "number", hint: "Durations in hours, shares from 0 to 1, counts a week." },
      { name: "due", label: "Due on", kind: "day" },
    ],
  },
  {
    title: "Of whom, and from where",
    isLater: true,
    fields: [
      {
        name: "scope",
        label: "Of",
        kind: "text",
        hint: "organisation, or team:NAME, system:NAME or service:NAME.",
      },
      {
        name: "from",
        label: "From",
        kind: "number",
        isOptional: true,
        hint: "What it was when the milestone was set: how much of the way is done is told by it.",
      },
      { name: "setOn", label: "Set on", kind: "day" },
    ],
  },
];

export const FORMS: Readonly<Record<List, readonly Part[]>> = {
  systems: SYSTEM,
  assessment: ASSESSMENT,
  useCases: USE_CASE,
  initiatives: INITIATIVE,
  consents: plain(
    {
      name: "party",
      label: "Who",
      kind: "choice",
      choices: [
        "sponsor",
        "finance",
        { value: "system-owner", words: "system owner" },
        { value: "works-council", words: "works council" },
        "security",
      ],
    },
    { name: "about", label: "To what", kind: "choice", choices: "about" },
    { name: "answer", label: "Answer", kind: "choice", choices: ["asked", "agreed", "refused"] },
    { name: "day", label: "On", kind: "day" },
    {
      name: "snapshot",
      label: "What they saw",
      kind: "choice",
      choices: "snapshots",
      isOptional: true,
      hint: "A review or a baseline, which never changes: its hash is kept with the answer.",
    },
  ),
  interventions: plain(
    {
      name: "kind",
      label: "Kind",
      kind: "choice",
      choices: [
        "training",
        "coaching",
        "tooling",
        { value: "ai-tooling", words: "tooling with AI" },
        "reorganisation",
        { value: "freeze", words: "hiring or release freeze" },
      ],
    },
    { name: "title", label: "What", kind: "text" },
    { name: "teams", label: "For the teams", kind: "many", choices: "teams" },
    { name: "from", label: "From", kind: "day" },
    { name: "to", label: "To", kind: "day" },
    { name: "hours", label: "Hours it takes of them", kind: "number", hint: "Of all of them together." },
    {
      name: "cost",
      label: "What it costs",
      kind: "number",
      hint: "Paid to others. It is part of the programme's cost.",
    },
  ),
  assumptions: plain(
    { name: "what", label: "What is assumed", kind: "choice", choices: "assumed" },
    {
      name: "of",
      label: "Of which role, team, runner, use case or service",
      kind: "text",
      isOptional: true,
      isOfWhom: true,
      hint: "Empty: of all.",
    },
    { name: "value", label: "Value", kind: "number" },
    { name: "low", label: "At least", kind: "number" },
    { name: "high", label: "At most", kind: "number" },
    {
      name: "validFrom",
      label: "Holds from",
      kind: "day",
      hint: "A later day is a new entry; this one stays as history.",
    },
    { name: "source", label: "Where it is from", kind: "text" },
    OWNER,
  ),
  costs: plain(
    { name: "title", label: "What is paid for", kind: "text" },
    { name: "kind", label: "Kind", kind: "choice", choices: COST_KINDS },
    { name: "team", label: "Whose it is", kind: "choice", choices: "teams", isOptional: true },
    { name: "months", label: "A line for each month, such as 2027-01 12000", kind: "months" },
    { name: "source", label: "Where it is from", kind: "text" },
    OWNER,
  ),
  timeStudies: plain(
    {
      name: "kind",
      label: "Kind",
      kind: "choice",
      choices: [
        { value: "time-study", words: "time study: hours that were written down" },
        { value: "survey", words: "survey: what people thought afterwards" },
      ],
    },
    { name: "team", label: "Of the team", kind: "choice", choices: "teams" },
    { name: "from", label: "From", kind: "day" },
    { name: "to", label: "To", kind: "day" },
    {
      name: "hours",
      label: `Hours of all who took part together, a line for each of ${BUCKETS.join(", ")}, such as toil 12`,
      kind: "buckets",
    },
  ),
  waves: WAVE,
  adoptions: plain(
    { name: "team", label: "Team", kind: "choice", choices: "teams" },
    { name: "practice", label: "Practice", kind: "choice", choices: "practices" },
    { name: "day", label: "Adopts it on", kind: "day", hint: "Only where that is another day than its wave's." },
  ),
  milestones: MILESTONE,
  exemptions: plain(
    { name: "service", label: "Not asked of the service", kind: "choice", choices: "services" },
    { name: "practice", label: "Practice", kind: "choice", choices: "practices" },
    {
      name: "part",
      label: "Only this part of it",
      kind: "text",
      isOptional: true,
      hint: "By its id, as it stands on Progress. Empty: all of the practice.",
    },
    { name: "reason", label: "Why", kind: "long" },
    OWNER,
  ),
  drills: plain(
    {
      name: "service",
      label: "A deployment was taken back as a drill, of the service",
      kind: "choice",
      choices: "services",
    },
    { name: "day", label: "On", kind: "day" },
  ),
};

/** What a form begins with where nothing else is known. Nothing of an assessment: whoever has not looked must not have said something. */
export const USUAL: Readonly<Partial<Record<List, Readonly<Record<string, string>>>>> = {
  systems: { technology: "it" },
  initiatives: {
    state: "idea",
    strategy: "deliver",
    grade: "D",
    capitalised: "0",
    chance: "0.7",
    ramp: "6",
    "hypothesis.by": "",
    checkpoint: "",
  },
  consents: { answer: "asked" },
  interventions: { kind: "training", hours: "0", cost: "0" },
  milestones: { scope: "organisation", due: "" },
};
