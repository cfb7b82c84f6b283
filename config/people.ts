/** What the configuration may say of who is who. It names people, so no message about it repeats what is written there. */
import { z } from "zod";
import { Pattern } from "#collectors/patterns.ts";

const PERSON =
  "A person is a list of at least two names (logins and e-mail addresses), since one alone says nothing new. Write `- [ada, ada@example.com]`.";

const Name = z.string().trim().min(1, "This name is empty. Take it out of the list.");

/** Each list is what one person is called. */
export const People = z
  .array(z.array(Name, PERSON).min(2, PERSON))
  .superRefine((people, context) => {
    const owners = new Map<string, number>();
    for (const [index, names] of people.entries()) {
      for (const [at, name] of names.entries()) {
        const owner = owners.get(name.toLowerCase()) ?? index;
        owners.set(name.toLowerCase(), owner);
        if (owner !== index) context.addIssue({ code: "custom", path: [index, at], message: taken(owner) });
      }
    }
  })
  .default([]);

/** Regular expressions on logins, names and e-mail addresses, in any case. */
export const Patterns = z
  .array(
    z.string().refine((text) => Pattern.safeParse(text).success, {
      error:
        "This is no regular expression, so nobody could be told by it. Write a part of the login, the name or the address, such as `-bot$`, with a backslash before brackets: `\\[bot\\]`.",
    }),
  )
  .default([]);

function taken(owner: number): string {
  return `This name also stands in people[${owner}], and nobody is two people. Make one list of both, or take it out of one; \`host/login\` tells equal logins on two hosts apart.`;
}
