import { byId, remember } from './dom.js';

const root = document.documentElement;

/** Lets the reader change between light and dark colours. */
export function startTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme || (dark.matches ? 'dark' : 'light')) === 'dark';
  const show = () => {
    byId('theme').textContent = isDark() ? 'Light' : 'Dark';
    byId('theme').setAttribute('aria-label', `Switch to ${isDark() ? 'light' : 'dark'} colours`);
  };
  const saved = remember('keyproof-theme');
  if (saved === 'dark' || saved === 'light') root.dataset.theme = saved;
  byId('theme').addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    remember('keyproof-theme', root.dataset.theme);
    show();
  });
  dark.addEventListener('change', show);
  show();
}
