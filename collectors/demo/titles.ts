/** What changes, incidents and alerts are called. */

export const CHANGE_TITLES = [
  "Show the reason when a form is refused",
  "Read the limits from the configuration",
  "Split the import into steps",
  "Keep the draft when the session ends",
  "Log the answer of the partner",
  "Move the validation to the edge",
  "Cache the tariff for an hour",
  "Add the new product to the list",
  "Remove the old confirmation page",
  "Write the audit entry before the answer",
  "Round amounts the same way everywhere",
  "Send the letter in the chosen language",
  "Retry when the queue is full",
  "Give the report a date range",
  "Hide what the customer may not see",
  "Make the search accept umlauts",
  "Store the document's hash",
  "Check the account number while typing",
  "Drop the unused index",
  "Explain the premium on one page",
] as const;

/** Of work that says of itself that it is upkeep. */
export const UPKEEP_TITLES = [
  "chore: take out what nobody calls",
  "refactor: one place for dates",
  "docs: how the queue is emptied",
  "test: the limits of the form",
  "build: a smaller image",
] as const;

export const INCIDENT_TITLES = [
  "Errors on every second request",
  "Customers see an empty page",
  "Nightly run does not end",
  "Amounts are shown without cents",
  "Answers take more than ten seconds",
  "Letters are sent twice",
  "Logging in fails for some",
] as const;

export const OTHER_INCIDENT_TITLES = [
  "Data centre: network was interrupted",
  "Certificate of a partner expired",
  "Message queue of the platform was full",
] as const;

export const DEPENDENCIES = [
  "http-client",
  "json-parser",
  "date-tools",
  "logging",
  "test-runner",
  "tls-stack",
] as const;
