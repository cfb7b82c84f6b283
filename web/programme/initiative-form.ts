/** The form of an initiative: what it is and for whom first, what a decision needs folded until somebody wants it. */
import { ELEMENT_WORDS, ELEMENTS, type Part } from "./field.ts";

export const INITIATIVE: readonly Part[] = [
  {
    title: null,
    words:
      "Enough for an idea. Before it is approved it must also be said why so, what is expected, and on what it is stopped.",
    fields: [
      { name: "title", label: "Title", kind: "text", hint: "What is to be done, in a few words." },
      {
        name: "useCase",
        label: "For the use case",
        kind: "choice",
        choices: "useCases",
        hint: "Whose value it brings nearer.",
      },
      {
        name: "element",
        label: "Element",
        kind: "choice",
        choices: ELEMENTS.map((value) => ({ value, words: ELEMENT_WORDS[value] })),
        hint: "Which part of the backbone it changes.",
      },
      { name: "systems", label: "Systems it changes", kind: "many", choices: "systems" },
      { name: "owner", label: "Owner", kind: "text", hint: "The role or team that answers for it." },
      {
        name: "state",
        label: "How far it is",
        kind: "choice",
        choices: ["idea", "analysed", "approved", "running", "done", "stopped"],
      },
    ],
  },
  {
    title: "What it costs",
    words: "From the first month to the last: its beginning and its end.",
    isLater: true,
    fields: [
      { name: "plan", label: "Plan: a line for each month, such as 2027-01 12000", kind: "months" },
      {
        name: "affected",
        label: "What the teams it changes cost a month",
        kind: "number",
        isOptional: true,
        hint: "They are slower for a while, which is counted as a cost. Empty: not counted.",
      },
      {
        name: "capitalised",
        label: "Share of the cost that is an investment, 0 to 1",
        kind: "number",
        hint: "In the sense of the books: 0 where all of it is running cost.",
      },
    ],
  },
  {
    title: "What it brings",
    words: "In a year, once it is used by all. Left empty where it only enables others: then it is counted there.",
    isLater: true,
    fields: [
      { name: "benefit.low", label: "Brings a year, at least", kind: "number", isOptional: true },
      { name: "benefit.likely", label: "… likely", kind: "number", isOptional: true },
      { name: "benefit.high", label: "… at most", kind: "number", isOptional: true },
      {
        name: "ramp",
        label: "Months until it brings all of that",
        kind: "number",
        hint: "After the last month of the plan, growing evenly.",
      },
    ],
  },
  {
    title: "Why so, and what is expected",
    words: "So that whoever looks later can tell whether it worked.",
    isLater: true,
    fields: [
      {
        name: "strategy",
        label: "Strategy",
        kind: "choice",
        choices: [
          { value: "replace", words: "replace the system" },
          { value: "abstract", words: "put a layer of data and interfaces over it" },
          { value: "deliver", words: "deliver better what is there" },
        ],
      },
      { name: "whyNot", label: "Why not the other two strategies", kind: "long", isOptional: true },
      {
        name: "hypothesis.metric",
        label: "This number …",
        kind: "text",
        isOptional: true,
        hint: "By which it is seen, such as lead time.",
      },
      { name: "hypothesis.from", label: "… goes from", kind: "text", isOptional: true, hint: "Such as 9 days." },
      { name: "hypothesis.to", label: "… to", kind: "text", isOptional: true, hint: "Such as 2 days." },
      { name: "hypothesis.by", label: "… by", kind: "day", isOptional: true },
      { name: "hypothesis.because", label: "… because", kind: "text", isOptional: true, hint: "Why you think so." },
    ],
  },
  {
    title: "What may go wrong",
    isLater: true,
    fields: [
      {
        name: "chance",
        label: "Chance that it succeeds, 0 to 1",
        kind: "number",
        hint: "0.7: seven of ten such initiatives do.",
      },
      {
        name: "grade",
        label: "How well it is known",
        kind: "choice",
        choices: [
          { value: "A", words: "A: measured, with a comparison" },
          { value: "B", words: "B: measured" },
          { value: "C", words: "C: said by whoever knows it" },
          { value: "D", words: "D: assumed" },
        ],
      },
      {
        name: "kill",
        label: "It is stopped when",
        kind: "text",
        isOptional: true,
        hint: "Said before money is spent, such as: no interface in use after three months.",
      },
      { name: "checkpoint", label: "Looked at next on", kind: "day", isOptional: true },
      { name: "needs", label: "Needs first", kind: "many", choices: "initiatives" },
    ],
  },
  {
    title: "What came so far",
    words: "Held against the plan on this page, month by month.",
    isLater: true,
    fields: [
      {
        name: "actuals",
        label: "What came: a line for each month, such as 2027-01 11000 0 (cost, benefit)",
        kind: "actuals",
      },
    ],
  },
];
