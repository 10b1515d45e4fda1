/** Returns the name of the artifact of a later attempt of a run: the run keeps that of an earlier one under the name itself. */
export function attemptArtifact(name: string, attempt: number): string {
  return `${name}-attempt-${attempt}`;
}

/** Returns of which attempt an artifact is, if its name is that of a later one; null otherwise. */
export function attemptOf(artifact: string, name: string): number | null {
  if (!artifact.startsWith(`${name}-attempt-`)) return null;
  const number = artifact.slice(attemptArtifact(name, 0).length - 1);
  return /^[1-9]\d*$/.test(number) ? Number(number) : null;
}
