import type { Octokit } from 'octokit';

/** The pull request, and what tells our comment from others. */
export type CommentPlace = {
  owner: string;
  repo: string;
  /** Number of the pull request. */
  number: number;
  /** Tells comments of several steps apart: the category of the step. */
  category: string;
};

/**
 * Writes the comment of a step on a pull request: the one it wrote before is changed.
 * @param create whether a comment is written if there is none yet.
 * @throws RequestError if GitHub refuses.
 */
export async function upsertComment(
  client: Octokit,
  place: CommentPlace,
  body: string,
  create: boolean,
): Promise<void> {
  const { owner, repo, number } = place;
  const marked = `${markerOf(place)}\n${body}`;
  const id = await commentWith(client, place);
  if (id !== null) await client.rest.issues.updateComment({ owner, repo, comment_id: id, body: marked });
  else if (create)
    await client.rest.issues.createComment({ owner, repo, issue_number: number, body: marked });
}

function markerOf({ category }: CommentPlace): string {
  return `<!-- keyproof:v1 ${category.replace(/[^\w./-]/g, '_')} -->`;
}

/** Finds our comment: one that begins with the marker and was written by an app, as a workflow is. */
async function commentWith(client: Octokit, place: CommentPlace): Promise<number | null> {
  const { owner, repo, number } = place;
  const given = { owner, repo, issue_number: number, per_page: 100 };
  for await (const { data } of client.paginate.iterator(client.rest.issues.listComments, given)) {
    const found = data.find(({ body, user }) => user?.type === 'Bot' && body?.startsWith(markerOf(place)));
    if (found !== undefined) return found.id;
  }
  return null;
}
