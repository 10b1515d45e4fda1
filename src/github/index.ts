export { artifactsNamed, artifactsOfRun, type KeptArtifact } from './artifacts-named.js';
export type { GithubAccess } from './client.js';
export { fetchGithub } from './fetch-github.js';
export { fileOnBranch } from './file-on-branch.js';
export type { SarifPlace } from './prepare-sarif.js';
export { isSameRepository } from './same-repository.js';
export { type SarifUpload, type UploadResult, uploadSarif } from './upload-sarif.js';
export { type CommentResult, type StickyComment, upsertComment } from './upsert-comment.js';
