/** What to make of an answer that says there is nothing, or nothing to be seen. */
import { statusOf } from "../polite/index.ts";
import type { Api } from "./client.ts";

/** `null` where the host says that there is no such thing. */
export async function orNull<Result>(asked: Promise<Result>): Promise<Result | null> {
  return await unless(asked, [404]);
}

/** `null` where the host has no such thing, or does not show it to this token. */
export async function orHidden<Result>(asked: Promise<Result>): Promise<Result | null> {
  return await unless(asked, [403, 404]);
}

/** `null` where the host does not answer this kind of question, such as older versions do not. */
export async function orRefused<Result>(asked: Promise<Result>): Promise<Result | null> {
  return await unless(asked, [400, 405]);
}

/** As `orNull`, for a thing in a project: everything is missing from one that was hidden meanwhile, and that says nothing of the thing. */
export async function orMissing<Result>(api: Api, project: number, asked: Promise<Result>): Promise<Result | null> {
  const result = await orNull(asked);
  if (result === null) await api.project(project);
  return result;
}

async function unless<Result>(asked: Promise<Result>, statuses: readonly number[]): Promise<Result | null> {
  try {
    return await asked;
  } catch (error) {
    const status = statusOf(error);
    if (status !== null && statuses.includes(status)) return null;
    throw error;
  }
}
