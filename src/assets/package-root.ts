/** Folder of the installed package: where policies/, frameworks/ and templates/ lie, from src/ and from dist/ alike. */
export const packageRoot = new URL('../../', import.meta.url);
