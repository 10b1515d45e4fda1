export type { GithubAccess } from './client.js';
export { fetchGithub } from './fetch-github.js';
export type { SarifPlace } from './prepare-sarif.js';
export { type SarifUpload, type UploadResult, uploadSarif } from './upload-sarif.js';
export { type CommentResult, type StickyComment, upsertComment } from './upsert-comment.js';
