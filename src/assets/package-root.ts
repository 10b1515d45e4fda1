/**
 * Folder of the installed package: it contains policies/, frameworks/ and templates/, from src/ and from dist/ alike.
 */
export const packageRoot = new URL('../../', import.meta.url);
